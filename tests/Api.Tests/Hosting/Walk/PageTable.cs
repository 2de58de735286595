using System.Collections.Immutable;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>The dashboard's part of <see cref="RouteTable"/>.</summary>
internal static class PageTable
{
    public static ImmutableArray<Entry> All { get; } =
    [
        new("GET /", Door.Browser),
        .. Page("/moments"), .. Page("/moments/observed"),
        .. Page("/moments/{Event}", "/moments/{event}", "?range=30d&split=company&table=1"),
        .. Page("/responses", null, "?event={event}", "?company={company}", "?q={externalId}", "?page={page}&reaction=positive&comments=true&range=7d"),
        .. Page("/people/{*Path}", "/people/u%3A{externalId}"), .. Page("/settings/general"), .. Page("/settings/embed", null, "?show=identity"),
        .. Page("/settings/keys"), .. Page("/settings/members"), .. Page("/settings/webhooks"), .. Page("/settings/billing").Select(static e => e with { Waits = true }),
        .. Page("/settings/audit", null, "?who={email}&kind=moment", "?range=custom&from=2026-01-01&to=2026-02-01"),
        .. Page("/settings/privacy", null, "?person=u%3A{externalId}"),
        .. Page("/invite", null, "?token={workspace}.abc"),
        .. Form("/account/sessions", "_handler=sessions&Input.End={session}"),
        .. Form("/sign-in", "_handler=sign-in&Input.Email={email}&Input.Password=abcdefghij&Input.StaySignedIn=true", "?returnUrl=%2Fmoments%2F{event}"),
        .. Form("/account/password", "_handler=password&Input.Current=abcdefghij&Input.Chosen=klmnopqrst"),

        new("GET /responses/export.csv", Door.Browser) { Queries = RouteTable.Searches },
        new("GET /settings/privacy/export.json", Door.Browser) { Queries = ["", "?externalId={externalId}", "?anonymousId={anonymousId}"] },
        new("POST /workspace", Door.Browser) { Bodies = ["workspace={workspace}"] },
        new("GET /sign-in/link", Door.Browser) { Queries = ["?token=abc"] },
        new("GET /sign-out", Door.Browser),
        new("POST /sign-out", Door.Browser) { Bodies = [""], Ends = true },
        new("POST /sign-out/everywhere", Door.Browser) { Bodies = [""], Ends = true },

        new("GET /_dashboard/{version}/{name}", Door.Nobody, "/_dashboard/1/dashboard.css"), new("GET /_dashboard/preview", Door.Nobody),
        new("GET /_framework/blazor.web.js", Door.Nobody), new("GET /_framework/opaque-redirect", Door.Nobody) { Queries = ["", "?url=abc"] },
        new("* /_blazor/negotiate", Door.Browser) { Verb = "POST", Queries = ["?negotiateVersion=1"] },
        new("* /_blazor/disconnect", Door.Browser) { Verb = "POST", Bodies = ["circuitId={session}"] },
        new("* /_blazor/initializers", Door.Browser) { Verb = "GET" },
        new("* /_blazor", Door.Browser) { Verb = "GET", Apart = true },
    ];

    private static IEnumerable<Entry> Page(string pattern, string? path = null, params string[] queries)
    {
        yield return new Entry("GET " + pattern, Door.Browser, path) { Queries = ["", .. queries] };
        yield return new Entry("POST " + pattern, Door.Browser, path) { Bodies = ["_handler=none"] };
    }

    private static IEnumerable<Entry> Form(string pattern, string fields, params string[] queries)
    {
        yield return new Entry("GET " + pattern, Door.Browser) { Queries = ["", .. queries] };
        yield return new Entry("POST " + pattern, Door.Browser) { Bodies = [fields], Hashes = fields.Contains("abcdefghij", StringComparison.Ordinal) };
    }
}
