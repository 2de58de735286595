using System.Reflection;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>
/// Proves that a workspace cannot tell whether it shares its store. Two that have the same people, browsers, names, webhooks and ids, and live
/// differently, are played on one store and each on a store of its own: after every step of either, all that can be asked is answered alike.
/// A method of the ledger that the play does not call fails it, and so does a read of which both are told the same.
/// </summary>
public abstract class TenancyTests(Store store)
{
    /// <summary>They name no workspace, and what they answer is no workspace's.</summary>
    private static readonly string[] OfTheStore =
    [
        nameof(ILedger.ReadEpoch), nameof(ILedger.IsReady), nameof(ILedger.Verify), "get_" + nameof(ILedger.Commits), nameof(ILedgerUpkeep.ReadWorkspaces),
        nameof(ILedgerUpkeep.TryTakeTurn), nameof(ILedgerAudit.TrimAudit),
    ];

    [Fact]
    public async Task A_workspace_cannot_tell_that_it_shares_its_store()
    {
        HashSet<string> called = [.. OfTheStore];
        await using var shared = Open();
        await using var quietOnes = Open();
        await using var busyOnes = Open();
        Pair quiet = new(new(shared, Acme, isBusy: false, called), new(quietOnes, Acme, isBusy: false, called));
        Pair busy = new(new(shared, "other", isBusy: true, called), new(busyOnes, "other", isBusy: true, called));
        HashSet<string> toldApart = [];
        await quiet.Read();
        await busy.Read();

        foreach (var (number, (name, step)) in Resident.Steps.Index())
        {
            // A writer that remembers the store, and one that has to ask it.
            if (number % 4 == 1)
            {
                await Task.WhenAll(shared.Reopen(), quietOnes.Reopen(), busyOnes.Reopen());
            }

            foreach (var (taking, other) in number % 3 == 0 ? new[] { (busy, quiet), (quiet, busy) } : [(quiet, busy), (busy, quiet)])
            {
                await taking.Take(name, step);
                await taking.Check(name);
                await other.Check(name);
                toldApart.UnionWith(quiet.Alone.Where(answer => busy.Alone[answer.Key] != answer.Value).Select(static answer => answer.Key));
            }

            Assert.Empty(await shared.Ledger.Verify());
        }

        // Entries of the audit log go by their age, whoever's they are.
        foreach (var (ledger, old) in new[] { (shared, 3), (quietOnes, 1), (busyOnes, 2) })
        {
            Assert.Equal(old, await ledger.StoreLedger.TrimAudit());
        }

        foreach (var pair in new[] { quiet, busy })
        {
            await pair.Read();
            await pair.Check("the end");
        }

        Assert.Empty(quiet.Alone.Keys.Except(toldApart));
        Assert.Empty(typeof(StoreLedger).GetInterfaces().Where(static i => i.Assembly == typeof(ILedger).Assembly)
            .SelectMany(static i => i.GetMethods(BindingFlags.Instance | BindingFlags.Public)).Select(static m => m.Name).Except(called));
    }

    private TestLedger Open() => TestLedger.On(
        store,
        static o =>
        {
            o.TestFiresPerDay = Resident.TestFiresPerDay;
            o.UpkeepPause = TimeSpan.Zero;
        },
        new StoppedTime());

    /// <summary>One workspace beside another, and the same alone.</summary>
    private sealed class Pair(Resident shared, Resident alone)
    {
        public Dictionary<string, string> Alone { get; private set; } = [];

        public async Task Take(string name, Func<Resident, Task<object?>> step)
        {
            Assert.Equal($"{name}: {await Resident.Told(step(alone))}", $"{name}: {await Resident.Told(step(shared))}");
            await Read();
        }

        public async Task Read() => Alone = await alone.Everything();

        public async Task Check(string after)
        {
            foreach (var (read, answer) in await shared.Everything())
            {
                Assert.True(answer == Alone[read], $"{read}, after {after}\n- {Alone[read]}\n+ {answer}");
            }
        }
    }

    /// <summary>Ages are known; timers run as ever.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }
}

public sealed class TenancyTestsOnSqlite() : TenancyTests(Store.Sqlite);

public sealed class TenancyTestsOnPostgres() : TenancyTests(Store.Postgres);
