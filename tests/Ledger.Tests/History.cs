using System.Collections.Immutable;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>
/// A random history, played on a ledger and on the model at once. Operations are sent without waiting for those before them, so
/// that they meet in batches; the model knows what each must answer, because the queue keeps their order.
/// </summary>
internal sealed class History(TestLedger test, int seed)
{
    public const int TestFiresPerDay = 6;
    private static readonly FireLimits Limits = new(EventsPerMonth: 60, EventNames: 4, NewNamesPerHour: 3);
    private static readonly string[] Workspaces = ["acme", "other"];
    private static readonly string[] Names = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "m0", "m1"];
    private static readonly string[] Users = ["u:0", "u:1", "a:0", "a:1", "t:u:0"];
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Model> _models = Workspaces.ToDictionary(static w => w, static _ => new Model(TestFiresPerDay));
    private readonly List<Fire> _sent = [];
    private readonly List<Task> _open = [];
    private DateTimeOffset _now = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    /// <param name="step">Chooses what is done.</param>
    public async Task Do(int step)
    {
        _now += (step % 13) switch { 0 => TimeSpan.FromDays(8), 1 => TimeSpan.FromHours(-1), 2 or 3 => TimeSpan.FromHours(7), _ => TimeSpan.FromSeconds(_random.Next(200)) };
        switch (step % 11)
        {
            case 0:
                await Settle();
                await test.Reopen();
                break;
            case 1:
                await Settle();
                break;
            case 2:
                Expect(test.Ledger.Join(NextLink(out var link)), _models[link.Workspace].Join(link));
                break;
            case 3 or 4 or 5 or 6 when NextChange() is { } change:
                Expect(test.Ledger.Change(change), _models[change.Workspace].Change(change));
                break;
            default:
                Fire[] fires = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => NextFire())];
                _open.Add(CompareAll(test.Ledger.Append(fires), [.. fires.Select(f => _models[f.Workspace].Append(f))]));
                break;
        }
    }

    /// <summary>Everything that can be read equals the model.</summary>
    public async Task Check()
    {
        await Settle();
        foreach (var (workspace, model) in _models)
        {
            await Check(workspace, model);
        }
        Assert.Empty(await test.Ledger.Verify());
        CheckPublished();
    }

    private async Task Check(string workspace, Model model)
    {
        var hours = await test.Ledger.ReadHours(workspace, null, Noon.AddYears(-1), Noon.AddYears(9));
        Assert.Equal(model.Hours.OrderBy(static h => (h.Key.Hour, h.Key.Name)), hours.Select(static h => KeyValuePair.Create((h.Event, h.Hour), h.Counters)));
        var names = await test.Ledger.ReadNames(workspace, null, _now);
        Assert.Equal(
            model.Names.OrderBy(static n => n.Key, StringComparer.Ordinal).Select(n => (n.Key, n.Value.First, n.Value.Last, model.AllTime(n.Key))),
            names.Select(static n => (n.Name, n.FirstSeen, n.LastSeen, n.AllTime)));
        foreach (var ((year, month), used) in model.Usage)
        {
            Assert.Equal(used, await test.Ledger.ReadUsage(workspace, new DateTimeOffset(year, month, 15, 0, 0, 0, TimeSpan.Zero)));
        }
        foreach (var name in Names)
        {
            Assert.Equal(model.CapUse(name, _now), await test.Ledger.ReadCapUse(workspace, name, _now));
        }
        foreach (var key in Users)
        {
            var user = await test.Ledger.ReadUser(workspace, key);
            Assert.Equal((model.Users.GetValueOrDefault(key), model.Links.GetValueOrDefault(key)), (user.Version, user.LinkedTo?.UserKey));
            Assert.Equal(
                model.Prompts.Values.Where(p => p.UserKey == key || model.Links.GetValueOrDefault(p.UserKey) == key).OrderBy(static p => p.Id),
                user.Prompts.OrderBy(static p => p.Id));
        }
    }

    /// <summary>Whoever keeps the largest value heard of each row knows the totals.</summary>
    private void CheckPublished()
    {
        foreach (var (workspace, model) in _models)
        {
            var heard = test.Commits.Where(c => c.Workspace == workspace).SelectMany(static c => c.Totals).ToArray();
            Assert.Equal(
                model.Hours.OrderBy(static h => (h.Key.Hour, h.Key.Name)),
                heard.GroupBy(static t => (t.Event, t.Hour)).OrderBy(static g => (g.Key.Hour, g.Key.Event))
                    .Select(static g => KeyValuePair.Create(g.Key, g.Select(static t => t.InHour).Aggregate(static (a, b) => a.Max(b)))));
            Assert.All(model.Names.Keys, name =>
                Assert.Equal(model.AllTime(name), heard.Where(t => t.Event == name).Select(static t => t.AllTime).Aggregate(static (a, b) => a.Max(b))));
        }
    }

    private void Expect<T>(Task<T> answer, T expected) => _open.Add(Compare(answer, expected));

    private static async Task Compare<T>(Task<T> answer, T expected) => Assert.Equal(expected, await answer);

    private static async Task CompareAll(Task<ImmutableArray<FireResult>> answer, FireResult[] expected) =>
        Assert.Equal(expected, await answer);

    private async Task Settle()
    {
        await Task.WhenAll(_open);
        _open.Clear();
    }

    private Fire NextFire()
    {
        if (_sent.Count > 0 && _random.Next(4) == 0)
        {
            // A retry; the rules may say something else by now.
            var old = _sent[_random.Next(_sent.Count)];
            return _random.Next(2) == 0 ? old : old with { ReceivedAt = _now, Verdict = Verdict.SampledOut, Grant = null };
        }
        var (workspace, name, user) = (Pick(Workspaces), Pick(Names), Pick(Users));
        var isTest = UserKeys.IsTest(user);
        var isMoment = name[0] == 'm';
        var fire = Fire(name, user, _now, (Verdict)_random.Next((int)Verdict.Shown), workspace, isTest, isMoment, Limits);
        if (isMoment && _random.Next(2) == 0)
        {
            var version = _models[workspace].Users.GetValueOrDefault(user) - (_random.Next(4) == 0 ? 1 : 0);
            fire = Granted(version, _random.Next(2) == 0 ? 2 : null, user, _now, isTest, name, workspace) with { Limits = Limits };
        }
        _sent.Add(fire);
        return fire;
    }

    private PromptChange? NextChange()
    {
        var workspace = Pick(Workspaces);
        var model = _models[workspace];
        if (model.Prompts.Count == 0)
        {
            return null;
        }
        var before = model.Prompts.Values.ElementAt(_random.Next(model.Prompts.Count));
        var fence = model.Links.GetValueOrDefault(before.UserKey, before.UserKey);
        var version = model.Users.GetValueOrDefault(fence) - (_random.Next(5) == 0 ? 1 : 0);
        var change = _random.Next(4) switch
        {
            0 when before.Reaction is null => React(before, version, _now, (Reaction)_random.Next(1, 4)),
            1 when before is { Reaction: not null, Comment: null } => Say(before, version, _now),
            2 when before.DismissedAt is null => Dismiss(before, version, _now),
            _ when before.SeenAt is null => Seen(before, version, _now),
            _ => null,
        };
        if (change is not null && _random.Next(6) == 0)
        {
            change = change with { Before = before with { LiveUntil = before.LiveUntil.AddSeconds(1) } };
        }
        return change is null ? null : change with { Workspace = workspace, FenceKey = fence };
    }

    private Link NextLink(out Link link)
    {
        var (workspace, browser, person) = (Pick(Workspaces), $"a:{_random.Next(2)}", $"u:{_random.Next(2)}");
        var users = _models[workspace].Users;
        return link = new Link(
            workspace, browser, users.GetValueOrDefault(browser) - (_random.Next(4) == 0 ? 1 : 0), person, users.GetValueOrDefault(person), Verified: true, _now);
    }

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
