using System.Collections.Immutable;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>
/// Every route of the server, and how tests ask it. A route that is mapped and not named here fails <c>TenancyWalkTests</c>: add a line, with
/// all that a request to it can name, and the walk between workspaces and the fuzz suite ask it too.
/// </summary>
internal static class RouteTable
{
    private const string Filters = "event={event}&reaction=positive&from=2026-01-01&to=2099-01-01&company={company}&page={page}&comments=true&q={externalId}&limit=5";

    public static readonly string[] Searches =
    [
        "", "?" + Filters, "?event={event}", "?q={externalId}", "?q={email}", "?company={company}", "?page={page}", "?cursor={cursor}&limit=1",
    ];

    private static readonly string[] Ranges = ["", "?from=2026-01-01T00:00:00Z&to=2026-02-01&interval=day", "?interval=hour"];

    private const string Events =
        """
        {"user":{"anonymousId":"{anonymousId}","email":"{email}","name":"Ada","hash":"00","companies":[{"id":"{company}","name":"Acme","monthlySpend":5000,"created":"2025-01-15T00:00:00Z"}],"traits":{"plan":"pro","seats":3,"trial":false}},"context":{"url":"https://app.acme.com/reports","locale":"en-GB","device":"desktop"},"events":[{"id":"{eventId}","name":"{event}","at":"2026-11-22T10:00:00Z"}],"sentAt":"2026-11-22T10:00:00Z"}
        """;

    private const string Moment =
        """
        {"event":"{event}","enabled":true,"oncePerUser":false,"question":"How was it?","followUp":"What was missing?","samplingRate":50.5,"samplingMode":"per_user","cooldownHours":24,"delaySeconds":1,"startsAt":"2026-01-01T00:00:00Z","endsAt":"2027-01-01T00:00:00Z","responseCap":5,"audience":[{"field":"trait.plan","op":"is","value":"pro"}],"translations":{"de":{"question":"Wie war es?","followUp":"Was fehlte?"}}}
        """;

    private const string Settings =
        """
        {"allowedOrigins":[],"requireVerifiedIdentity":false,"quietPeriodHours":0,"theme":{"accent":"#6d28d9","mode":"auto","placement":"bottom-right"},"retentionDays":null}
        """;

    private const string Webhook = """{"url":"{receiver}","events":["reaction.created","alert.raised"],"enabled":true,"description":"Billing"}""";

    private const string KeyBounds = """{"name":"Shop","requestsPerSecond":50,"allowedOrigins":["https://shop.example"]}""";

    public static ImmutableArray<Entry> All { get; } =
    [
        new("GET /health/live", Door.Nobody), new("HEAD /health/live", Door.Nobody),
        new("GET /health/ready", Door.Nobody), new("HEAD /health/ready", Door.Nobody),
        new("GET /openapi/v1.json", Door.Nobody),
        new("GET /widget/v1.js", Door.Nobody), new("HEAD /widget/v1.js", Door.Nobody),
        new("GET /demo", Door.Nobody), new("GET /demo/{file}", Door.Nobody, "/demo/demo.js"),

        new("GET /api/v1/widget/config", Door.Widget),
        new("POST /api/v1/widget/events", Door.Widget)
        {
            Writes = true,
            Bodies =
            [
                Events, """{"user":{"externalId":"{externalId}","anonymousId":"{anonymousId}"},"events":[{"id":"{eventId}","name":"{event}"}]}""",
                """{"user":{"externalId":"{externalId}"},"events":[{"id":"{new}","name":"{event}"}]}""",
            ],
        },
        new("POST /api/v1/widget/prompts/{id}/seen", Door.Widget, "/api/v1/widget/prompts/{prompt}/seen") { Bodies = ["""{"view":"v"}""", null] },
        new("POST /api/v1/widget/prompts/{id}/reaction", Door.Widget, "/api/v1/widget/prompts/{prompt}/reaction") { Bodies = ["""{"reaction":"frustrated"}"""] },
        new("POST /api/v1/widget/prompts/{id}/comment", Door.Widget, "/api/v1/widget/prompts/{prompt}/comment") { Bodies = ["""{"text":"Too slow."}"""] },
        new("POST /api/v1/widget/prompts/{id}/dismiss", Door.Widget, "/api/v1/widget/prompts/{prompt}/dismiss"),

        new("GET /api/v1/moments", Door.Management),
        new("POST /api/v1/moments", Door.Management) { Writes = true, Bodies = [Moment] },
        new("GET /api/v1/moments/{event}", Door.Management),
        new("PUT /api/v1/moments/{event}", Door.Management) { Bodies = [Moment] },
        new("DELETE /api/v1/moments/{event}", Door.Management),
        new("GET /api/v1/moments/{event}/stats", Door.Management) { Queries = Ranges },
        new("GET /api/v1/responses", Door.Management) { Queries = Searches },
        new("GET /api/v1/responses.csv", Door.Management) { Queries = Searches },
        new("GET /api/v1/observed-events", Door.Management),
        new("GET /api/v1/observed-events/live", Door.Management) { Apart = true },
        new("GET /api/v1/settings", Door.Management),
        new("PUT /api/v1/settings", Door.Management) { Bodies = [Settings] },
        new("GET /api/v1/keys", Door.Management),
        new("GET /api/v1/blocked-names", Door.Management),
        new("PUT /api/v1/blocked-names/{name}", Door.Management, "/api/v1/blocked-names/{event}") { Writes = true },
        new("DELETE /api/v1/blocked-names/{name}", Door.Management, "/api/v1/blocked-names/{event}"),
        new("GET /api/v1/members", Door.Management),
        new("POST /api/v1/keys/publishable", Door.Management),
        new("PUT /api/v1/keys/publishable/{id}", Door.Management, "/api/v1/keys/publishable/{publishable}") { Bodies = [KeyBounds] },
        new("PUT /api/v1/keys/test/{id}", Door.Management, "/api/v1/keys/test/{testKey}") { Bodies = [KeyBounds] },
        new("DELETE /api/v1/keys/publishable/{id}", Door.Management, "/api/v1/keys/publishable/{publishable}"),
        new("POST /api/v1/keys/test", Door.Management),
        new("DELETE /api/v1/keys/test/{id}", Door.Management, "/api/v1/keys/test/{testKey}"),
        new("POST /api/v1/keys/secret/regenerate", Door.Management) { Ends = true },
        new("GET /api/v1/usage", Door.Management),
        new("PUT /api/v1/operator/workspaces/{workspace}/plan", Door.Management) { Bodies = ["""{"plan":"tiny"}"""] },
        new("GET /api/v1/audit", Door.Management) { Queries = ["", "?author={email}", "?author={publishable}&kind=moment.changed", "?cursor={auditCursor}&limit=1&from=2026-01-01"] },
        new("GET /api/v1/users/{externalId}", Door.Management), new("DELETE /api/v1/users/{externalId}", Door.Management) { Waits = true },
        new("GET /api/v1/browsers/{anonymousId}", Door.Management), new("DELETE /api/v1/browsers/{anonymousId}", Door.Management) { Waits = true },
        new("GET /api/v1/webhooks", Door.Management),
        new("POST /api/v1/webhooks", Door.Management) { Writes = true, Bodies = [Webhook] },
        new("GET /api/v1/webhooks/{id}", Door.Management, "/api/v1/webhooks/{webhook}"),
        new("PUT /api/v1/webhooks/{id}", Door.Management, "/api/v1/webhooks/{webhook}") { Bodies = [Webhook] },
        new("DELETE /api/v1/webhooks/{id}", Door.Management, "/api/v1/webhooks/{webhook}"),
        new("POST /api/v1/webhooks/{id}/secret/rotate", Door.Management, "/api/v1/webhooks/{webhook}/secret/rotate"),
        new("POST /api/v1/webhooks/{id}/test", Door.Management, "/api/v1/webhooks/{webhook}/test"),
        new("GET /api/v1/webhooks/{id}/deliveries", Door.Management, "/api/v1/webhooks/{webhook}/deliveries") { Queries = ["", "?limit=1&cursor={deliveryCursor}"] },
        new("POST /api/v1/deliveries/{id:guid}/replay", Door.Management, "/api/v1/deliveries/{delivery}/replay"),

        .. PageTable.All,
    ];

    /// <summary>Those that only read first, those that take the caller's credentials away last.</summary>
    public static IEnumerable<Entry> InOrder => All.Where(static e => !e.Apart).OrderBy(static e => e.Ends ? 2 : e.Writes ? 1 : 0);
}
