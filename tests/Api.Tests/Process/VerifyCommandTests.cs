using Conclude.Testing;
using Microsoft.Data.Sqlite;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves that the verify command reads beside a running host, mends only while none runs, and says so by its exit code.</summary>
public sealed class VerifyCommandTests
{
    private const string Tamper = "UPDATE totals SET no_moment = 1000";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_was_tampered_with_is_found_beside_the_host_and_mended_when_it_has_stopped(string store)
    {
        var database = store == "postgres" ? PostgresServer.Get().NewDatabase() : "";
        await using var silo = await SiloProcess.Start(("ConnectionStrings__Conclude", database));
        using (var widget = new WidgetClient(silo.Address))
        {
            await widget.Fire("ada", (Guid.CreateVersion7(), "page_viewed"), (Guid.CreateVersion7(), "page_viewed"));
        }

        var (agrees, said) = await Verify(silo, database);
        Assert.Equal(0, agrees);
        Assert.Matches(@"^Counted 2 rows in \d+\.\d s: all agrees\.$", said.Trim());

        if (store == "postgres")
        {
            PostgresServer.Execute(database, Tamper);
        }
        else
        {
            await using SqliteConnection file = new($"Data Source={Path.Combine(silo.Data.FullName, "conclude.db")};Pooling=False");
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = Tamper;
            await command.ExecuteNonQueryAsync();
        }

        var (differs, lines) = await Verify(silo, database);
        Assert.Equal(1, differs);
        Assert.Matches(@"^acme/page_viewed at \d{4}-\d\d-\d\dT\d\dZ: no_moment is 1000, the rows make 2\nCounted 2 rows in \d+\.\d s: 1 difference\.$", lines.Trim().ReplaceLineEndings("\n"));

        var (refused, why) = await Verify(silo, database, "--repair");
        Assert.Equal(2, refused);
        Assert.Matches("^It could not be done: .* is in use by another Conclude process", why.Trim());

        await silo.Terminate();
        var (mended, what) = await Verify(silo, database, "--repair");
        Assert.Equal(0, mended);
        Assert.StartsWith("mended: acme/page_viewed at ", what, StringComparison.Ordinal);
        Assert.EndsWith("1 difference mended, 0 left, epoch 2.", what.Trim(), StringComparison.Ordinal);
        Assert.Equal(0, (await Verify(silo, database)).ExitCode);
        await silo.Run();
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_said_in_one_line_and_not_made()
    {
        await using var silo = await SiloProcess.Start();
        await silo.Terminate();
        var nowhere = Path.Combine(silo.Data.FullName, "nowhere");

        var (exitCode, said) = await Verify(silo, "", "--repair", $"--Conclude:DataDirectory={nowhere}");

        Assert.Equal(2, exitCode);
        Assert.Contains(nowhere, Assert.Single(said.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    private static Task<(int ExitCode, string Said)> Verify(SiloProcess silo, string database, params string[] options) =>
        VerifyProcess.Run(silo.Data.FullName, database, options);
}
