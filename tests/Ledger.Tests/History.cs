using System.Collections.Immutable;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>
/// A random history of one workspace, played on a ledger and on the model at once. Operations are sent without waiting for those
/// before them, so that they meet in batches; the model knows what each must answer, because the queue keeps their order.
/// </summary>
internal sealed partial class History(TestLedger test, string workspace, int seed)
{
    public const int TestFiresPerDay = 6;
    private static readonly FireLimits Limits = new(EventsPerMonth: 60, EventNames: 4, NewNamesPerHour: 3);
    private static readonly string[] Names = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "m0", "m1"];
    private static readonly string[] Users = ["u:0", "u:1", "a:0", "a:1", "t:u:0"];
    private readonly Random _random = new(seed);
    private readonly Model _model = new(TestFiresPerDay);
    private readonly List<Fire> _sent = [];
    private readonly List<PromptChange> _changes = [];
    private readonly List<Task> _open = [];
    private DateTimeOffset _now = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    /// <param name="step">Chooses what is done.</param>
    public async Task Do(int step)
    {
        _now += (step % 17) switch
        {
            0 => TimeSpan.FromDays(8),
            1 => TimeSpan.FromHours(-1),
            2 or 3 => TimeSpan.FromHours(7),
            4 => TimeSpan.FromHours(-26),
            _ => TimeSpan.FromSeconds(_random.Next(200)),
        };
        switch (step % 13)
        {
            case 0 when !IsCalm:
                await Storm();
                break;
            case 1:
                await Settle();
                break;
            case 2:
                var link = NextLink();
                Expect(test.Ledger.Join(link), _model.Join(link));
                break;
            case 3:
                var (key, person) = (Pick(Users), Facts.AdaFacts with { Name = $"{step}", Verified = _random.Next(3) == 0 });
                _model.Describe(key, person);
                _open.Add(test.Ledger.Describe(workspace, key, person));
                break;
            case 4 or 5 or 6 or 7 when NextChange() is { } change:
                Expect(test.Ledger.Change(change), _model.Change(change));
                break;
            default:
                Fire[] fires = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => NextFire())];
                _open.Add(CompareAll(test.Ledger.Append(fires), [.. fires.Select(_model.Append)]));
                break;
        }
    }

    /// <summary>Everything that can be read equals the model.</summary>
    public async Task Check()
    {
        await Settle();
        await CheckTotals();
        await CheckUsers();
        CheckPublished();
    }

    private async Task CheckTotals()
    {
        var hours = await test.Ledger.ReadHours(workspace, null, Noon.AddYears(-1), Noon.AddYears(9));
        Assert.Equal(_model.Hours.OrderBy(static h => (h.Key.Hour, h.Key.Name)), hours.Select(static h => KeyValuePair.Create((h.Event, h.Hour), h.Counters)));
        var names = await test.Ledger.ReadNames(workspace, null, _now);
        Assert.Equal(
            _model.Names.OrderBy(static n => n.Key, StringComparer.Ordinal).Select(n => (n.Key, n.Value.First, n.Value.Last, _model.AllTime(n.Key), _model.LastDay(n.Key, _now))),
            names.Select(static n => (n.Name, n.FirstSeen, n.LastSeen, n.AllTime, n.Last24Hours)));
        foreach (var ((year, month), used) in _model.Usage)
        {
            Assert.Equal(used, await test.Ledger.ReadUsage(workspace, new DateTimeOffset(year, month, 15, 0, 0, 0, TimeSpan.Zero)));
        }
        foreach (var name in Names)
        {
            Assert.Equal(_model.CapUse(name, _now), await test.Ledger.ReadCapUse(workspace, name, _now));
        }
    }

    private async Task CheckUsers()
    {
        foreach (var key in Users)
        {
            var user = await test.Ledger.ReadUser(workspace, key);
            (string, bool)? link = _model.Links.TryGetValue(key, out var known) ? known : null;
            Assert.Equal(
                (_model.Users.GetValueOrDefault(key), link, _model.People.GetValueOrDefault(key, Person.Nobody)),
                (user.Version, user.LinkedTo is { } to ? (to.UserKey, to.Verified) : null, user.Person));
            Assert.Equal(
                _model.Prompts.Values.Where(p => p.UserKey == key || _model.Fence(p.UserKey) == key).OrderBy(static p => p.Id),
                user.Prompts.OrderBy(static p => p.Id));
        }
        var answers = await test.Ledger.ReadResponses(new ResponseQuery(workspace, Limit: 200));
        Assert.Equal(
            _model.Prompts.Values.Where(static p => !p.Test && p.Reaction is not null).OrderBy(static p => p.Id).Select(static p => (p.Id, p.Event, p.Reaction, p.Comment, p.ReactedAt)),
            answers.OrderBy(static a => a.PromptId).Select(static a => (a.PromptId, a.Event, (Reaction?)a.Reaction, a.Comment, (DateTimeOffset?)a.At)));
    }

    /// <summary>Whoever keeps the largest value heard of each row knows the totals.</summary>
    private void CheckPublished()
    {
        var heard = test.Commits.Where(c => c.Workspace == workspace).SelectMany(static c => c.Totals).ToArray();
        Assert.Equal(
            _model.Hours.OrderBy(static h => (h.Key.Hour, h.Key.Name)),
            heard.GroupBy(static t => (t.Event, t.Hour)).OrderBy(static g => (g.Key.Hour, g.Key.Event))
                .Select(static g => KeyValuePair.Create(g.Key, g.Select(static t => t.InHour).Aggregate(static (a, b) => a.Max(b)))));
        Assert.All(_model.Names.Keys, name =>
            Assert.Equal(_model.AllTime(name), heard.Where(t => t.Event == name).Select(static t => t.AllTime).Aggregate(static (a, b) => a.Max(b))));
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

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];
}
