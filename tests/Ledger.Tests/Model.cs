using System.Collections.Immutable;

namespace Conclude.Ledger.Tests;

/// <summary>The ledger as a few dictionaries, one operation after another: what the real one must equal. One workspace.</summary>
internal sealed class Model(long testFiresPerDay)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly Dictionary<Guid, (Verdict Verdict, Guid? Prompt)> _events = [];
    private readonly Dictionary<DateOnly, long> _testFires = [];

    public Dictionary<(string Name, DateTimeOffset Hour), Counters> Hours { get; } = [];
    public Dictionary<string, (DateTimeOffset First, DateTimeOffset Last, bool IsMoment)> Names { get; } = [];
    public Dictionary<(int Year, int Month), long> Usage { get; } = [];
    public Dictionary<string, long> Answers { get; } = [];
    public Dictionary<string, long> Users { get; } = [];
    public Dictionary<string, (string Person, bool Verified)> Links { get; } = [];
    public Dictionary<string, Person> People { get; } = [];
    public Dictionary<Guid, Prompt> Prompts { get; } = [];

    public Counters AllTime(string name) => Hours.Where(h => h.Key.Name == name).Aggregate(Counters.Zero, static (sum, h) => sum.Plus(h.Value));

    public long CapUse(string name, DateTimeOffset now) => Answers.GetValueOrDefault(name)
        + Prompts.Values.Count(p => !p.Test && p.Event == name && p.Reaction is null && p.IsLive(now));

    public FireResult Append(Fire fire)
    {
        if (_events.TryGetValue(fire.Id, out var known))
        {
            return new FireResult(FireStatus.Duplicate, known.Verdict, null, known.Prompt is { } id ? Prompts[id] : null);
        }
        if (Refusal(fire) is { } refusal)
        {
            return new FireResult(refusal, fire.Verdict, null, null);
        }
        var (verdict, prompt) = (fire.Verdict, fire.Grant?.Prompt);
        if (fire.Grant is { } grant && CapUse(fire.Event, fire.ReceivedAt) >= grant.ResponseCap)
        {
            (verdict, prompt) = (Verdict.ResponseCap, null);
        }
        if (prompt is not null)
        {
            Prompts[prompt.Id] = prompt;
            Users[prompt.UserKey] = Users.GetValueOrDefault(prompt.UserKey) + 1;
        }
        _events[fire.Id] = (verdict, prompt?.Id);
        Count(fire, verdict);
        return new FireResult(FireStatus.Accepted, verdict, null, prompt);
    }

    public bool Change(PromptChange change)
    {
        if (Users.GetValueOrDefault(change.FenceKey) != change.ExpectedVersion || Prompts[change.Before.Id] != change.Before)
        {
            return false;
        }
        Users[change.FenceKey] = change.ExpectedVersion + 1;
        var (before, after) = (change.Before, change.After);
        Prompts[after.Id] = after;
        if (!after.Test)
        {
            Move(before.SeenAt, after.SeenAt, static c => c with { Seen = c.Seen + 1 });
            Move(before.DismissedAt, after.DismissedAt, static c => c with { Dismissed = c.Dismissed + 1 });
            Move(before.CommentedAt, after.CommentedAt, static c => c with { Comments = c.Comments + 1 });
            Move(before.ReactedAt, after.ReactedAt, c => after.Reaction switch
            {
                Reaction.Positive => c with { Positive = c.Positive + 1 },
                Reaction.Neutral => c with { Neutral = c.Neutral + 1 },
                _ => c with { Frustrated = c.Frustrated + 1 },
            });
            Answers[after.Event] = Answers.GetValueOrDefault(after.Event) + (before.Reaction is null && after.Reaction is not null ? 1 : 0);
        }
        return true;

        void Move(DateTimeOffset? from, DateTimeOffset? to, Func<Counters, Counters> one)
        {
            if (from is null && to is { } at)
            {
                Hours[(after.Event, Hour(at))] = one(Hours.GetValueOrDefault((after.Event, Hour(at)), Counters.Zero));
            }
        }
    }

    public bool Join(Link link)
    {
        if (Users.GetValueOrDefault(link.AnonymousKey) != link.AnonymousVersion || Users.GetValueOrDefault(link.PersonKey) != link.PersonVersion
            || (Links.TryGetValue(link.AnonymousKey, out var known) && (known.Person != link.PersonKey || known.Verified || !link.Verified)))
        {
            return false;
        }
        Links[link.AnonymousKey] = (link.PersonKey, link.Verified);
        Users[link.AnonymousKey] = link.AnonymousVersion + 1;
        Users[link.PersonKey] = link.PersonVersion + 1;
        return true;
    }

    public void Describe(string key, Person person)
    {
        if (person.Verified || !People.GetValueOrDefault(key, Person.Nobody).Verified)
        {
            People[key] = person;
        }
    }

    /// <summary>Who counts for a prompt's fence: the person once the browser is theirs.</summary>
    public string Fence(string key) => Links.TryGetValue(key, out var link) ? link.Person : key;

    public bool Holds(Guid fire) => _events.ContainsKey(fire);

    /// <summary>Fires in the hour of <paramref name="now"/> and the 23 before.</summary>
    public long LastDay(string name, DateTimeOffset now) =>
        Hours.Where(h => h.Key.Name == name && h.Key.Hour > Hour(now).AddDays(-1) && h.Key.Hour <= now).Sum(static h => h.Value.Fires);

    private static DateTimeOffset Hour(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));

    private FireStatus? Refusal(Fire fire)
    {
        var used = fire.Test
            ? _testFires.GetValueOrDefault(DateOnly.FromDateTime(fire.ReceivedAt.UtcDateTime))
            : Usage.GetValueOrDefault((fire.ReceivedAt.Year, fire.ReceivedAt.Month));
        if (used >= (fire.Test ? testFiresPerDay : fire.Limits.EventsPerMonth))
        {
            return FireStatus.OverQuota;
        }
        if (!fire.Test && !fire.IsMoment && !HasPlace(fire))
        {
            return FireStatus.TooManyNames;
        }
        return fire.Grant is { } grant && Users.GetValueOrDefault(fire.UserKey) != grant.ExpectedVersion ? FireStatus.Conflict : null;
    }

    private bool HasPlace(Fire fire)
    {
        var hour = Hour(fire.ReceivedAt);
        var isNew = !Names.TryGetValue(fire.Event, out var known);
        return (!isNew && known.Last >= hour - Week)
            || (Names.Values.Count(n => !n.IsMoment && n.Last >= hour - Week) < fire.Limits.EventNames
                && (!isNew || Names.Values.Count(n => !n.IsMoment && Hour(n.First) == hour) < fire.Limits.NewNamesPerHour));
    }

    private void Count(Fire fire, Verdict verdict)
    {
        var at = fire.ReceivedAt;
        if (fire.Test)
        {
            var day = DateOnly.FromDateTime(at.UtcDateTime);
            _testFires[day] = _testFires.GetValueOrDefault(day) + 1;
            return;
        }
        Usage[(at.Year, at.Month)] = Usage.GetValueOrDefault((at.Year, at.Month)) + 1;
        var (first, last, _) = Names.GetValueOrDefault(fire.Event, (at, at, false));
        Names[fire.Event] = (first < at ? first : at, last > at ? last : at, fire.IsMoment);
        var one = Counters.Zero with { Verdicts = [.. ImmutableArray.Create(new long[Verdicts.Count]).SetItem((int)verdict, 1)] };
        Hours[(fire.Event, Hour(at))] = Hours.GetValueOrDefault((fire.Event, Hour(at)), Counters.Zero).Plus(one);
    }
}
