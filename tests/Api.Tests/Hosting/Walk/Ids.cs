using System.Text;
using System.Text.RegularExpressions;
using Conclude.Api.Responses;
using Conclude.Grains.Keys;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>Everything in a workspace that a request can name.</summary>
internal sealed partial record Ids
{
    public required string Workspace { get; init; }
    public required string Event { get; init; }
    public required string EventId { get; init; }
    public required string ExternalId { get; init; }
    public required string AnonymousId { get; init; }
    public required string Company { get; init; }
    public required string Page { get; init; }
    public required string Email { get; init; }
    public required string Prompt { get; init; }
    public required string Webhook { get; init; }
    public required string Delivery { get; init; }
    public required string Publishable { get; init; }
    public required string TestKey { get; init; }
    public required string Cursor { get; init; }
    public required string AuditCursor { get; init; }
    public required string Session { get; init; }

    /// <summary>The address where webhooks are received.</summary>
    public required string Receiver { get; init; }

    private (string Name, string Value)[] All =>
    [
        ("workspace", Workspace), ("event", Event), ("eventId", EventId), ("externalId", ExternalId), ("anonymousId", AnonymousId), ("company", Company), ("page", Page),
        ("email", Email), ("prompt", Prompt), ("webhook", Webhook), ("delivery", Delivery), ("publishable", Publishable), ("testKey", TestKey), ("cursor", Cursor),
        ("new", Guid.CreateVersion7().ToString()),
    ];

    /// <summary>Those that are nobody else's.</summary>
    public IEnumerable<string> Names => All.Where(static a => a.Name is not ("receiver" or "auditCursor" or "new" or "page")).Select(static a => a.Value);

    /// <summary>Ids of things that exist in no workspace.</summary>
    public static Ids Nowhere(string name) => new()
    {
        Workspace = name + "-space",
        Event = name + "_exported",
        EventId = Guid.CreateVersion7().ToString(),
        ExternalId = name + "-person",
        AnonymousId = name + "-browser",
        Company = name + "-co",
        Page = $"app.{name}.example",
        Email = $"ada@{name}.example",
        Prompt = Guid.CreateVersion7().ToString(),
        Webhook = WebhookSecrets.NewId(),
        Delivery = Guid.CreateVersion7().ToString(),
        Publishable = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), DateTimeOffset.UnixEpoch).Id,
        TestKey = ApiKeys.Record(ApiKeys.Generate(KeyKind.Test), DateTimeOffset.UnixEpoch).Id,
        Cursor = Cursors.Write(new ResponseCursor(TimeProvider.System.GetUtcNow(), Guid.CreateVersion7())),
        AuditCursor = "0000000000000001",
        Session = Guid.NewGuid().ToString("N"),
        Receiver = "",
    };

    /// <summary>Puts the ids in, encoded for an address or as they are.</summary>
    public string Fill(string template, bool encoded)
    {
        var all = All.ToDictionary(static a => a.Name, static a => a.Value, StringComparer.Ordinal);
        return Place().Replace(template, m => !all.TryGetValue(m.Groups["name"].Value, out var value) ? m.Value : encoded ? Uri.EscapeDataString(value) : value);
    }

    /// <summary>Takes them out again, however they are written, so that two answers can be compared.</summary>
    public string Blank(string text)
    {
        StringBuilder blanked = new(text);
        foreach (var (name, value) in All.Where(static a => a.Name is not "receiver").OrderByDescending(static a => a.Value.Length))
        {
            blanked.Replace(value, $"<{name}>").Replace(Uri.EscapeDataString(value), $"<{name}>");
        }

        return blanked.ToString();
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
