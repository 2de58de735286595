using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conclude.Ledger.Outbox;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>All that a workspace can be asked.</summary>
internal sealed partial class Resident
{
    private static readonly string[] Users = [Ada, Bob, Cyd, Browser, OtherBrowser, "t:" + Ada, "t:" + Bob, "t:" + Browser];
    private static readonly string[] Names = ["opened", "closed", "asked"];
    private static readonly string[] Hooks = [Hook, OtherHook];
    private static readonly DateTimeOffset From = Noon.AddDays(-80);
    private static readonly DateTimeOffset To = Noon.AddHours(1);
    private static readonly ImmutableArray<DateTimeOffset> Days = [.. Enumerable.Range(0, 82).Select(static n => From.AddDays(n))];
    private static readonly JsonSerializerOptions AsJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, IncludeFields = true };

    /// <summary>What each read answers, by what it is called.</summary>
    public async Task<Dictionary<string, string>> Everything()
    {
        Dictionary<string, string> told = [];
        foreach (var (name, read) in Reads())
        {
            told[name] = await Told(read);
        }

        return told;
    }

    /// <summary>As text, without what a store makes up: keys of the erased, ids of deliveries, and the part of a version that every erasure raises.</summary>
    public static async Task<string> Told(Task<object?> answer)
    {
        var text = JsonSerializer.Serialize(await answer, AsJson);
        text = ErasedKey().Replace(text, "e:…");
        text = AnswersDelivery().Replace(text, "…");
        return Version().Replace(text, static m => $"{long.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture) & uint.MaxValue}");
    }

    private IEnumerable<(string Name, Task<object?> Answer)> Reads()
    {
        foreach (var user in Users)
        {
            yield return ("user " + user, Read(l => l.ReadUser(_workspace, user)));
            yield return ("person " + user, Read(l => l.ReadPerson(_workspace, user)));
            yield return ("events of " + user, Read(async l => await l.ReadEventsOf(_workspace, [user]).ToArrayAsync()));
            yield return ("newest events of " + user, Read(l => l.SearchEvents(_workspace, [user], before: null, 200, TimeSpan.MaxValue)));
        }

        foreach (var name in Names)
        {
            yield return ("name " + name, Read(l => l.ReadNames(_workspace, name, Young.AddHours(1))));
            yield return ("hours of " + name, Read(l => l.ReadHours(_workspace, name, From, To)));
            yield return ("past fires of " + name, Read(l => l.ReadPastFires(_workspace, name, From, To)));
        }

        foreach (var hook in Hooks)
        {
            yield return ("due at " + hook, Read(async l => InOrder(await l.ReadDue(_workspace, hook, To, 100))));
            yield return ("next attempt at " + hook, Read(l => l.ReadNextAttempt(_workspace, hook)));
            yield return ("deliveries to " + hook, Read(async l => InOrder(await l.ReadDeliveries(_workspace, hook, 100))));
            yield return ("each delivery to " + hook, Read(l => EachDelivery(l, hook)));
        }

        yield return ("prompts", Read(async l => await Task.WhenAll(new[] { 21, 22, 23, 31, 32 }.Select(n => l.FindPrompt(_workspace, Id(n))))));
        yield return ("use of the cap", Read(l => l.ReadCapUse(_workspace, "asked", Young)));
        yield return ("names", Read(l => l.ReadNames(_workspace, only: null, Young.AddHours(1))));
        yield return ("hours", Read(l => l.ReadHours(_workspace, only: null, From, To)));
        yield return ("days", Read(l => l.ReadDays(_workspace, Days)));
        yield return ("recent fires", Read(l => l.ReadRecentFires(_workspace, 1_000)));
        yield return ("people", Read(async l => (await l.ReadPeople(_workspace, Users)).OrderBy(static p => p.Key, StringComparer.Ordinal)));
        yield return ("known facts", Read(KnownFacts));
        yield return ("answers", Read(l => l.ReadResponses(new ResponseQuery(_workspace))));
        yield return ("answers of a name", Read(l => l.SearchResponses(new ResponseQuery(_workspace, "asked", CommentsOnly: true), TimeSpan.MaxValue)));
        yield return ("count of answers", Read(l => l.CountResponses(new ResponseQuery(_workspace), 100, TimeSpan.MaxValue)));
        yield return ("facts of answers", Read(l => l.ReadAnswerFacts(_workspace, "asked", From, To, 100)));
        yield return ("respondents", Read(l => l.ReadRespondents(_workspace, "asked", From, To, 50, 50)));
        yield return ("use of the month", Read(async l => (await l.ReadUsage(_workspace, Noon), await l.ReadUsage(_workspace, OtherMonth))));
        yield return ("users with an address", Read(l => l.SearchUsers(_workspace, AdaFacts.Email!, after: null, TimeSpan.MaxValue)));
        yield return ("audit log", Read(l => l.ReadAudit(new AuditQuery(_workspace))));
        yield return ("authors", Read(l => l.ReadAuditAuthors(_workspace)));
        yield return ("webhooks that fail", Read(async l => (await l.ReadFailing(_workspace)).OrderBy(static f => f.Key, StringComparer.Ordinal)));
        yield return ("webhooks that wait", Read(async l => (await l.ReadWaiting(To)).Where(w => w.Workspace == _workspace)));
        yield return ("commits", Read(_ => Task.FromResult(test.Commits.Where(c => c.Workspace == _workspace))));
    }

    /// <summary>A sample in no order.</summary>
    private async Task<object> KnownFacts(ILedgerWhole ledger)
    {
        var known = await ledger.ReadKnownFacts(_workspace);
        return (known.People.OrderBy(static p => p.Name, StringComparer.Ordinal), known.Pages.OrderBy(static p => p.Url, StringComparer.Ordinal));
    }

    private async Task<Delivery?[]> EachDelivery(ILedgerWhole ledger, string hook) =>
        await Task.WhenAll(InOrder(await ledger.ReadDeliveries(_workspace, hook, 100)).Select(d => ledger.FindDelivery(_workspace, d.Id)));

    /// <summary>Those of one millisecond come as their ids have it.</summary>
    private static IEnumerable<Delivery> InOrder(ImmutableArray<Delivery> deliveries) => deliveries.OrderBy(static d => d.Sequence);

    private async Task<object?> Read<T>(Func<ILedgerWhole, Task<T>> read) => await read(Ledger);

    [GeneratedRegex("(?<=e:)[0-9a-f]{32}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ErasedKey();

    // Those of other facts are made of the fact.
    [GeneratedRegex("""(?<="Id":")[0-9a-f-]{36}(?=","Webhook":"[^"]+","Type":"(reaction|comment|alert)\.)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AnswersDelivery();

    [GeneratedRegex("""(?<="Version":)\d+""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
