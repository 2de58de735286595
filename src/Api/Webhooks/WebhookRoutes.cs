using System.Globalization;
using Conclude.Api.Errors;
using Conclude.Api.Idempotency;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Webhooks;

/// <summary>Webhooks of a workspace, and what they were sent; secret key.</summary>
internal static class WebhookRoutes
{
    private const string Path = ApiRoutes.Management + "/webhooks";
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Webhooks").WithCommonProblems();
        group.MapGet("", List).WithSummary("Every webhook, the oldest first; no secrets");
        group.MapPost("", Create).WithSummary("Make a webhook; its secret is told here and never again")
            .Accepts<WebhookRequest>("application/json").WithProblems(400, 413, 415).WithProblems(ApiProblem.TooManyWebhooks);
        group.MapGet("{id}", Find).WithSummary("One webhook, with its ETag").WithProblems(404);
        group.MapPut("{id}", Replace).WithSummary("Replace a webhook; what is left out gets its default, the secret stays. Disabled, it gives up what is pending. If-Match is honoured")
            .Accepts<WebhookRequest>("application/json").WithProblems(400, 404, 412, 413, 415);
        group.MapDelete("{id}", Remove).WithSummary("Remove a webhook and give up what is pending. If-Match is honoured").WithProblems(404, 412);
        group.MapPost("{id}/secret/rotate", Rotate).WithSummary("Make a new secret, told here and never again; for 24 hours the one before signs too").WithProblems(404);
        group.MapPost("{id}/test", Test).WithSummary("Send an event of the type webhook.test").WithProblems(404).WithProblems(ApiProblem.WebhookDisabled).WithMetadata(new NotKept("body"));
        group.MapGet("{id}/deliveries", Deliveries).WithSummary("What was sent, or is to be, newest first, of the last 30 days, by pages").WithProblems(400, 404);
        routes.MapGroup(ApiRoutes.Management + "/deliveries").WithTags("Webhooks").WithCommonProblems()
            .MapPost("{id:guid}/replay", Replay).WithSummary("Send a delivery again, now, under the same webhook-id").WithProblems(404).WithProblems(ApiProblem.WebhookDisabled, ApiProblem.DeliveryErased).WithMetadata(new NotKept("body"));
    }

    private static Author By(Caller caller) => Author.Key(caller.Key.Id);

    private static async Task<Ok<WebhooksJson>> List(Caller caller, IOutbox outbox, TimeProvider time, CancellationToken cancellation)
    {
        var failing = await outbox.ReadFailing(caller.WorkspaceId, cancellation);
        return TypedResults.Ok(new WebhooksJson([.. caller.Workspace.Webhooks.Select(w => WebhookJson.Of(w, failing, time.GetUtcNow()))]));
    }

    private static async Task<Results<Created<WebhookJson>, ApiProblem>> Create(
        HttpContext context, Caller caller, IGrainFactory grains, WebhookDestinations destinations, IOutbox outbox, TimeProvider time)
    {
        var (edit, problem) = await Read(context, destinations);
        if (edit is null)
        {
            return problem!;
        }

        var webhook = new Webhook
        {
            Id = WebhookSecrets.NewId(),
            Url = edit.Url,
            Events = edit.Events,
            Enabled = edit.Enabled,
            Description = edit.Description,
            Secret = WebhookSecrets.Generate(),
            CreatedAt = time.GetUtcNow(),
        };
        return await grains.TenantWebhooks(caller.WorkspaceId).AddWebhook(By(caller), webhook) switch
        {
            SaveStatus.Saved => TypedResults.Created($"{Path}/{webhook.Id}", await Json(webhook, caller, outbox, time) with { Secret = webhook.Secret }),
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            SaveStatus.PlanLimit => ApiProblem.TooManyWebhooks,
            _ => ApiProblem.NotFound,
        };
    }

    private static async Task<Results<Ok<WebhookJson>, ApiProblem>> Find(string id, HttpContext context, Caller caller, IOutbox outbox, TimeProvider time) =>
        caller.Workspace.FindWebhook(id) is { } webhook ? await Told(webhook, context, caller, outbox, time) : ApiProblem.NotFound;

    private static async Task<Results<Ok<WebhookJson>, ApiProblem>> Replace(
        string id, HttpContext context, Caller caller, IGrainFactory grains, WebhookDestinations destinations, IOutbox outbox, TimeProvider time)
    {
        if (caller.Workspace.FindWebhook(id) is null)
        {
            return ApiProblem.NotFound;
        }

        var (edit, problem) = await Read(context, destinations);
        return edit is null ? problem!
            : Problem(await grains.TenantWebhooks(caller.WorkspaceId).ReplaceWebhook(By(caller), id, edit, Etags.Expected(context.Request.Headers.IfMatch))) is { } refusal ? refusal
            : await Reread(id, context, caller, grains, outbox, time, withSecret: false);
    }

    private static async Task<Results<NoContent, ApiProblem>> Remove(string id, HttpContext context, Caller caller, IGrainFactory grains) =>
        Problem(await grains.TenantWebhooks(caller.WorkspaceId).RemoveWebhook(By(caller), id, Etags.Expected(context.Request.Headers.IfMatch))) is { } problem
            ? problem
            : TypedResults.NoContent();

    private static async Task<Results<Ok<WebhookJson>, ApiProblem>> Rotate(string id, HttpContext context, Caller caller, IGrainFactory grains, IOutbox outbox, TimeProvider time) =>
        Problem(await grains.TenantWebhooks(caller.WorkspaceId).RotateWebhookSecret(By(caller), id, WebhookSecrets.Generate())) is { } refusal
            ? refusal
            : await Reread(id, context, caller, grains, outbox, time, withSecret: true);

    /// <returns>Null when it was saved.</returns>
    private static ApiProblem? Problem(SaveStatus status) => status switch
    {
        SaveStatus.Saved => null,
        SaveStatus.Changed => ApiProblem.VersionMismatch,
        SaveStatus.NotAllowed => ApiProblem.UnknownKey,
        _ => ApiProblem.NotFound,
    };

    private static async Task<Results<Accepted<DeliveryJson>, ApiProblem>> Test(string id, Caller caller, WebhookActions actions) =>
        Sent(await actions.Test(caller.WorkspaceId, By(caller), id));

    private static Results<Accepted<DeliveryJson>, ApiProblem> Sent((SaveStatus Status, Delivery? Delivery) outcome) => outcome switch
    {
        (SaveStatus.Saved, { } delivery) => TypedResults.Accepted((string?)null, DeliveryJson.Of(delivery)),
        (SaveStatus.Saved, null) => ApiProblem.DeliveryErased,
        (SaveStatus.Invalid, _) => ApiProblem.WebhookDisabled,
        (SaveStatus.NotAllowed, _) => ApiProblem.UnknownKey,
        _ => ApiProblem.NotFound,
    };

    private static async Task<Results<Ok<DeliveriesJson>, ApiProblem>> Deliveries(
        string id, [FromQuery(Name = "limit")] string? limit, [FromQuery(Name = "cursor")] string? cursor, Caller caller, IOutbox outbox, CancellationToken cancellation)
    {
        if (caller.Workspace.FindWebhook(id) is null)
        {
            return ApiProblem.NotFound;
        }

        var fields = new Fields();
        var (rows, before) = (DefaultLimit, Guid.Empty);
        fields.Must(
            string.IsNullOrEmpty(limit) || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= MaxLimit),
            "limit", $"1–{MaxLimit}");
        fields.Must(string.IsNullOrEmpty(cursor) || Guid.TryParseExact(cursor, "N", out before), "cursor", "is not one that this list gave");
        if (fields.Errors is { } errors)
        {
            return ApiProblem.Validation(errors);
        }

        // One more than is shown: a full page may be the last one.
        var page = await outbox.ReadDeliveries(caller.WorkspaceId, id, rows + 1, before == Guid.Empty ? null : before, cancellation);
        return TypedResults.Ok(new DeliveriesJson(
            [.. page.Take(rows).Select(DeliveryJson.Of)], page.Length > rows ? page[rows - 1].Id.ToString("N") : null));
    }

    private static async Task<Results<Accepted<DeliveryJson>, ApiProblem>> Replay(Guid id, Caller caller, IOutbox outbox, WebhookActions actions)
    {
        return await outbox.FindDelivery(caller.WorkspaceId, id) is { } delivery
            ? Sent(await actions.Replay(caller.WorkspaceId, By(caller), delivery))
            : ApiProblem.NotFound;
    }

    private static async Task<Reading<WebhookEdit>> Read(HttpContext context, WebhookDestinations destinations)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.WebhookRequest);
        return body is null ? problem! : await body.Check(destinations, context.RequestAborted);
    }

    private static async Task<Results<Ok<WebhookJson>, ApiProblem>> Reread(
        string id, HttpContext context, Caller caller, IGrainFactory grains, IOutbox outbox, TimeProvider time, bool withSecret) =>
        (await grains.Tenant(caller.WorkspaceId).Snapshot())?.FindWebhook(id) is { } webhook
            ? await Told(webhook, context, caller, outbox, time, withSecret ? webhook.Secret : null)
            : ApiProblem.NotFound;

    private static async Task<Ok<WebhookJson>> Told(Webhook webhook, HttpContext context, Caller caller, IOutbox outbox, TimeProvider time, string? secret = null)
    {
        context.Response.Headers.ETag = Etags.Of(webhook.Version);
        return TypedResults.Ok(await Json(webhook, caller, outbox, time) with { Secret = secret });
    }

    private static async Task<WebhookJson> Json(Webhook webhook, Caller caller, IOutbox outbox, TimeProvider time) =>
        WebhookJson.Of(webhook, await outbox.ReadFailing(caller.WorkspaceId), time.GetUtcNow());
}
