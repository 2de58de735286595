using System.Collections.Immutable;
using Conclude.Ledger.Outbox;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>
/// The life of one workspace, step by step: what a quiet and a busy one do differs in everything but the names of things, so that whatever
/// belongs to one of them is told from the other's by its content, and not by what it is called.
/// </summary>
internal sealed partial class Resident(TestLedger test, string workspace, bool isBusy, HashSet<string> called)
{
    public const int TestFiresPerDay = 3;
    private const string Bob = "u:bob";
    private const string Cyd = "u:cyd";
    private const string Browser = "a:b1";
    private const string OtherBrowser = "a:b2";
    private const string Hook = "wh_1";
    private const string OtherHook = "wh_2";

    // On either side of what retention leaves.
    private static readonly DateTimeOffset Old = Noon.AddDays(-30);
    private static readonly DateTimeOffset Horizon = Noon.AddDays(-20);
    private static readonly DateTimeOffset Young = Noon.AddDays(-10);
    private static readonly DateTimeOffset OldTest = Noon.AddDays(-9);
    private static readonly DateTimeOffset YoungTest = Noon.AddDays(-2);
    private static readonly DateTimeOffset OtherMonth = Noon.AddDays(-70);

    public static readonly ImmutableArray<(string Name, Func<Resident, Task<object?>> Take)> Steps =
    [
        ("fires", static r => r.Fires()),
        ("fires of a month with a limit", static r => r.Month(0)),
        ("the same ids again", static r => r.FiresAgain()),
        ("people", static r => r.People()),
        ("facts put together before", static r => r.Redescribe()),
        ("questions", static r => r.Questions()),
        ("a link", static r => r.Link(Browser, r.Choose(Ada, Bob))),
        ("a link of another browser", static r => r.Link(OtherBrowser, r.Choose(Bob, Cyd))),
        ("a link that is there", static r => r.Link(Browser, Ada)),
        ("tests", static r => r.Tests()),
        ("a link of a test", static r => r.Link("t:" + Browser, "t:" + r.Choose(Ada, Bob))),
        ("more of the month", static r => r.Month(10)),
        ("new names", static r => r.Named("n", new FireLimits(0, 7, 0))),
        ("new names in an hour", static r => r.Named("h", new FireLimits(0, 0, 3))),
        ("answers", static r => r.Answers()),
        ("comments", static r => r.Comments()),
        ("told", static r => r.Tell()),
        ("attempts", static r => r.Attempts()),
        ("more attempts", static r => r.MoreAttempts()),
        ("a replay", static async r => await r.Ledger.Replay(r._workspace, Delivery(Hook, 1), Noon.AddMinutes(r.Choose(40, 50)))),
        ("an end", static r => r.End()),
        ("forgiven", static r => r.Forgive()),
        ("changes", static r => r.Audit()),
        ("retention of one", static r => r.Trim(isBusy: false)),
        ("a test of long ago", static r => r.LateTest()),
        ("retention of the other", static r => r.Trim(isBusy: true)),
        ("an erasure that breaks off", static r => r.BreakOff()),
        ("an erasure of the same person elsewhere", static async r => r._isBusy ? null : await r.Ledger.Erase(r._workspace, Ada)),
        ("the rest of the erasure", static r => r.GoOn()),
        ("an erasure of somebody linked", static async r => await r.Ledger.Erase(r._workspace, Bob)),
        ("a life anew", static r => r.Anew()),
    ];

    private readonly string _workspace = workspace;
    private readonly bool _isBusy = isBusy;

    private ILedgerWhole Ledger => CalledMethods.Of(test.StoreLedger, called);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static Guid Delivery(string webhook, int cause) => DeliveryIds.Of(Noon, $"{cause}", webhook);

    private T Choose<T>(T ifQuiet, T ifBusy) => _isBusy ? ifBusy : ifQuiet;

    private Fire One(int id, string name, string user, DateTimeOffset at, FireLimits? limits = null) =>
        Fire(name, user, at.AddMinutes(id), Choose(Verdict.NoMoment, Verdict.Disabled), _workspace, UserKeys.IsTest(user), limits: limits, id: Id(id)) with { UserLabel = $"{user} of {_workspace}" };

    private async Task<object?> Append(params Fire[] fires) => await Ledger.Append(fires);

    private Task<object?> Fires() => _isBusy
        ? Append(
            One(1, "opened", Ada, Old), One(2, "opened", Browser, Young), One(3, "closed", Bob, Old), One(4, "closed", Ada, Young), One(5, "opened", Ada, Young),
            One(7, "opened", Ada, Young), One(8, "closed", Bob, Young), One(9, "only_busy", Cyd, Young))
        : Append(One(1, "opened", Ada, Young), One(2, "opened", Browser, Old), One(3, "closed", Ada, Young), One(4, "closed", Ada, Old), One(7, "closed", Ada, Young), One(8, "opened", Bob, Young));

    private Task<object?> FiresAgain() => Append([.. Enumerable.Range(1, 9).Select(n => One(n, "opened", Ada, Young))]);

    private Task<object?> Month(int from) => Append(
        [.. Enumerable.Range(101 + from, Choose(2, 3)).Select(n => One(n, "opened", Bob, OtherMonth, new FireLimits(5, 0, 0)) with { AlertTo = [Hook] })]);

    private async Task<object?> People()
    {
        var facts = AdaFacts with { Name = "Ada of " + _workspace, Companies = [new Company("co_" + _workspace, _workspace, 5, Old)] };
        return new object?[]
        {
            await Ledger.Describe(_workspace, Choose(Ada, Bob), facts with { Verified = true }),
            await Ledger.Describe(_workspace, Choose(Bob, Ada), facts with { ExternalId = null, Email = $"bob@{_workspace}.com" }),
            await Ledger.Describe(_workspace, Browser, Person.Nobody with { Name = "Browser of " + _workspace }),
        };
    }

    /// <summary>Of whom one has verified facts, which stay, the other has none.</summary>
    private async Task<object?> Redescribe() =>
        await Ledger.Describe(_workspace, Ada, AdaFacts with { Name = "Augusta of " + _workspace }, await Version(Ada));

    private async Task<object?> Questions()
    {
        List<object?> told = [];
        // The busy one's people have been asked before, so that versions differ.
        (int Id, string User, DateTimeOffset At)[] asked =
            [.. Choose([], new[] { (29, Ada, Old.AddHours(-2)), (28, Bob, Old.AddHours(-2)) }), (21, Ada, Choose(Old, Young)), (22, Browser, Choose(Young, Old)), (23, Choose(Bob, Ada), Young), (24, OtherBrowser, Young)];
        foreach (var (id, user, at) in asked)
        {
            told.Add(await Append(await Asked(id, user, at, cap: Choose(5, 4))));
        }

        return told;
    }

    private async Task<Fire> Asked(int id, string user, DateTimeOffset at, int? cap = null)
    {
        var fire = Granted(await Version(user), cap, user, at.AddMinutes(id), UserKeys.IsTest(user), "asked", _workspace) with { Id = Id(id) };
        return fire with
        {
            Grant = fire.Grant! with
            {
                Prompt = fire.Grant.Prompt with { Id = Id(id), Question = $"How is {_workspace}?" },
                Person = AdaFacts with { Name = $"{user} of {_workspace}" },
                Context = new PageContext($"https://app.{_workspace}.com/page-{id}", "en-GB", "desktop"),
            },
        };
    }

    private async Task<object?> Link(string browser, string person) =>
        await Ledger.Join(new Link(_workspace, browser, await Version(browser), person, await Version(person), Verified: false, Young));

    private async Task<object?> Tests() => new object?[]
    {
        await Append(One(11, "tested", "t:" + Ada, Choose(OldTest, YoungTest)), One(12, "tested", "t:" + Bob, Choose(YoungTest, OldTest)), One(13, "tested", "t:" + Browser, YoungTest)),
        await Append(await Asked(31, "t:" + Ada, Choose(OldTest, YoungTest))),
        await Append(await Asked(32, "t:" + Bob, Choose(YoungTest, OldTest))),
    };

    private Task<object?> Named(string prefix, FireLimits limits) => Append(
        [.. (_isBusy ? new[] { 2, 3, 0, 4 } : [0, 1]).Select(n => One(1, $"{prefix}{n}", Bob, Young.AddDays(1), limits) with { Id = Id(200 + 10 * prefix[0] + n) })]);

    private async Task<object?> Answers() => new object?[]
    {
        await Step(21, (p, v) => Seen(p, v, p.GrantedAt.AddSeconds(Choose(5, 6)))),
        await Step(21, (p, v) => React(p, v, p.GrantedAt.AddSeconds(Choose(7, 8)), Choose(Reaction.Frustrated, Reaction.Neutral)), Hook, OtherHook),
        await Step(22, (p, v) => React(p, v, p.GrantedAt.AddSeconds(Choose(9, 10)), Choose(Reaction.Neutral, Reaction.Frustrated)), Hook),
        _isBusy ? await Step(23, (p, v) => Dismiss(p, v, p.GrantedAt.AddSeconds(11))) : await Step(23, (p, v) => React(p, v, p.GrantedAt.AddSeconds(12)), Hook),
        await Step(24, (p, v) => React(p, v, p.GrantedAt.AddSeconds(Choose(14, 15)), Reaction.Positive)),
        _isBusy ? await Step(28, (p, v) => React(p, v, p.GrantedAt.AddSeconds(13)), Hook) : null,
    };

    private async Task<object?> Comments() => new object?[]
    {
        await Step(22, (p, v) => Say(p, v, p.GrantedAt.AddSeconds(Choose(20, 21)), $"Slow at {_workspace}."), Hook),
        _isBusy ? await Step(21, (p, v) => Say(p, v, p.GrantedAt.AddSeconds(22), "Slow at last."), OtherHook) : null,
        // What was fired before is answered with what it was asked then, as it stands now.
        await Append(await Asked(22, Browser, Young)),
    };

    private async Task<bool> Step(int prompt, Func<Prompt, long, PromptChange> step, params string[] tell)
    {
        var before = (await Ledger.FindPrompt(_workspace, Id(prompt)))!;
        var fence = (await Ledger.ReadUser(_workspace, before.UserKey)).LinkedTo?.UserKey ?? before.UserKey;
        return await Ledger.Change(step(before, await Version(fence)) with { Workspace = _workspace, FenceKey = fence, Tell = [.. tell] });
    }

    private async Task<object?> Tell()
    {
        await Ledger.Tell(_workspace,
        [
            .. Enumerable.Range(1, Choose(2, 3)).Select(n => new ToldFact("moment.created", Noon, $$"""{"of":"{{_workspace}}"}""", $"{n}", [Hook, OtherHook])),
            new ToldFact("moment.updated", Noon.AddDays(-40), $$"""{"once":"{{_workspace}}"}""", "long ago", [Hook]),
        ]);
        return null;
    }

    private async Task<object?> Attempts() => new object?[]
    {
        await Ledger.Record(_workspace, Hook, Delivery(Hook, 1), new(Noon.AddMinutes(Choose(1, 2)), 500, TimeSpan.FromMilliseconds(5), "status 500", Noon.AddMinutes(Choose(10, 11)))),
        await Ledger.Record(_workspace, OtherHook, Delivery(OtherHook, 1), new(Noon.AddMinutes(Choose(3, 4)), null, TimeSpan.FromSeconds(10), "timed out", Noon.AddMinutes(Choose(12, 13)))),
    };

    private async Task<object?> MoreAttempts() => _isBusy
        ? await Ledger.Record(_workspace, Hook, Delivery(Hook, 1), new(Noon.AddMinutes(20), 410, TimeSpan.Zero, "status 410", null))
        : await Ledger.Record(_workspace, Hook, Delivery(Hook, 2), new(Noon.AddMinutes(21), 204, TimeSpan.Zero, null, null));

    /// <summary>What one ends waits in the other; what one has delivered is among it.</summary>
    private async Task<object?> End()
    {
        await Ledger.End(_workspace, Choose(Hook, OtherHook), "off at " + _workspace);
        return null;
    }

    private async Task<object?> Forgive()
    {
        await Ledger.Forgive(_workspace, Choose(OtherHook, Hook));
        return null;
    }

    private async Task<object?> Audit()
    {
        await Ledger.AppendAudit(_workspace,
        [
            .. Enumerable.Range(1, 4).Select(n => new AuditEntry(
                n, Noon.AddDays((n == 1 && !_isBusy) || (n is 2 or 3 && _isBusy) ? -500 : -n), n == 4 ? Author.Operator : Author.Member($"owner@{_workspace}.com"),
                "moment.created", "of " + _workspace, [new AuditChange("question", null, _workspace)])),
        ]);
        return null;
    }

    private async Task<object?> Trim(bool isBusy)
    {
        if (isBusy != _isBusy)
        {
            return null;
        }

        var trimmed = await Ledger.Trim(_workspace, Horizon);
        Assert.True(trimmed is { IsDone: true, Events: > 0, Prompts: > 0, TestFacts: > 0 });
        return trimmed;
    }

    /// <summary>On a day whose tests the other one has forgotten by now.</summary>
    private async Task<object?> LateTest() => _isBusy
        ? await Append([.. Enumerable.Range(14, 3).Select(n => One(n, "tested", "t:" + Bob, OldTest))])
        : null;

    /// <summary>It is noted, and somebody who remembers the person does not let go.</summary>
    private async Task<object?> BreakOff()
    {
        if (!_isBusy)
        {
            return null;
        }

        test.OnErasing = static () => throw new InvalidOperationException();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ledger.Erase(_workspace, Ada));
        test.OnErasing = null;
        return null;
    }

    /// <summary>The next opening goes on with what was noted; an erasure after it ends when that has.</summary>
    private async Task<object?> GoOn()
    {
        if (!_isBusy)
        {
            return null;
        }

        await test.Reopen();
        return await Ledger.Erase(_workspace, "u:nobody");
    }

    private async Task<object?> Anew() => new object?[]
    {
        await Append(One(41, "opened", Ada, Noon.AddHours(-2))),
        await Append(await Asked(42, Ada, Noon.AddHours(-1))),
        await Step(42, (p, v) => React(p, v, p.GrantedAt.AddSeconds(Choose(5, 6)), Choose(Reaction.Positive, Reaction.Neutral)), OtherHook),
    };

    private async Task<long> Version(string user) => (await Ledger.ReadUser(_workspace, user)).Version;
}
