using Conclude.Ledger.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Opening a data directory: migrations, one process at a time, no newer store.</summary>
public sealed class OpeningTests
{
    [Fact]
    public async Task An_empty_file_becomes_a_store_of_the_newest_version()
    {
        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder.Database, []);

        await using (var ledger = TestLedger.Create(folder.Path))
        {
            ledger.Open();
            await ledger.Append(Fire());
            Assert.Equal(1, await ledger.ReadEpoch());
        }

        await using var file = await StoreFaultTests.Connect(folder.Database);
        Assert.Equal((long)new SqlText("Sqlite").Migrations()[^1].Version, await StoreFaultTests.Execute(file, "PRAGMA user_version"));
        Assert.Equal("wal", await StoreFaultTests.Execute(file, "PRAGMA journal_mode"));
        Assert.Equal("ok", await StoreFaultTests.Execute(file, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_missing_directory_is_made()
    {
        using TempFolder folder = new();
        await using var ledger = TestLedger.Create(Path.Combine(folder.Path, "deep", "data"));
        ledger.Open();
        Assert.True(await ledger.IsReady());
    }

    [Fact]
    public async Task A_newer_store_is_refused_and_left_as_it_is()
    {
        using TempFolder folder = new();
        await using (var file = await StoreFaultTests.Connect(folder.Database))
        {
            await StoreFaultTests.Execute(file, "CREATE TABLE of_the_future(x); PRAGMA user_version = 1000");
        }
        var before = await File.ReadAllBytesAsync(folder.Database);

        await using var ledger = TestLedger.Create(folder.Path);
        var refused = Assert.Throws<NewerStoreException>(ledger.Open);

        Assert.Contains("1000", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database));
        // The refused ledger does not keep the directory.
        await using (var file = await StoreFaultTests.Connect(folder.Database))
        {
            await StoreFaultTests.Execute(file, "DROP TABLE of_the_future; PRAGMA user_version = 0");
        }
        await using var second = TestLedger.Create(folder.Path);
        second.Open();
    }

    [Fact]
    public async Task A_second_ledger_on_one_directory_is_refused_until_the_first_is_closed()
    {
        await using var test = TestLedger.On(Store.Sqlite);

        await using var second = TestLedger.Create(test.Folder);
        var refused = Assert.Throws<DataDirectoryInUseException>(second.Open);

        Assert.Contains(test.Folder, refused.Message, StringComparison.Ordinal);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire())).Status);
        await test.Reopen();
    }

    [Fact]
    public async Task The_host_opens_the_ledger_before_others_start_and_drains_it_after_they_stop()
    {
        using TempFolder folder = new();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddHostedService<Early>().AddSqliteLedger(folder.Path, o => o.Readers = 1);
        builder.Services.AddSingleton<ICommitListener>(s => new Dependent(s.GetRequiredService<ILedger>()));
        using (var host = builder.Build())
        {
            await host.StartAsync();
            await host.StopAsync();
        }

        await using var ledger = TestLedger.Create(folder.Path);
        ledger.Open();
        Assert.Equal(2, (await ledger.AllTime()).Fires);
    }

    private sealed class Early(ILedger ledger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => ledger.Append(Fire());

        public Task StopAsync(CancellationToken cancellationToken) => ledger.Append(Fire());
    }

    /// <summary>A listener may itself depend on the ledger.</summary>
    private sealed class Dependent(ILedger ledger) : ICommitListener
    {
        public void Committed(IReadOnlyList<Commit> commits) => Assert.NotNull(ledger);
    }
}
