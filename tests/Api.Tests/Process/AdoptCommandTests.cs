using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with real processes that an installation moves, whole, into a PostgreSQL database.</summary>
public sealed class AdoptCommandTests
{
    private static readonly AdoptScenario Scenario = new(static () => []);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("in place")]
    public Task An_installation_is_there_with_all_it_had_and_life_goes_on(string from) => Scenario.Run(from);

    [Fact]
    public async Task Who_has_a_workspace_of_their_own_already_is_refused_before_anything_is_copied()
    {
        await using var before = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        await AdoptScenario.Fire(before, "ada", "page_viewed");
        await before.Terminate();
        var target = PostgresServer.Get().NewDatabase();
        await using (var other = await SiloProcess.Start(("ConnectionStrings__Conclude", target)))
        {
            await other.Terminate();
        }

        var (refused, why) = await Scenario.Adopt(before.Data.FullName, target);
        Assert.True(refused == 2, why);
        Assert.Contains("adopt into an empty one", why, StringComparison.Ordinal);
        await using var still = await SiloProcess.Start(("ConnectionStrings__Conclude", target));
        Assert.Empty((await still.Get("/api/v1/observed-events"))["items"]!.AsArray());

        var (missing, what) = await Scenario.Adopt(Path.Combine(before.Data.FullName, "nowhere"), target);
        Assert.True(missing == 2, what);
        Assert.StartsWith("It could not be done: ", what.Trim(), StringComparison.Ordinal);
    }
}
