using System.Text.Json;
using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Webhooks;
using Conclude.Ledger.Outbox;

namespace Conclude.Api.Webhooks;

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record DeliveriesJson(IReadOnlyList<DeliveryJson> Items, string? Next);

/// <summary>A delivery.</summary>
/// <param name="Id">The <c>webhook-id</c> of each of its attempts.</param>
/// <param name="Event">The <c>type</c> of its body.</param>
/// <param name="ResponseCode">HTTP status that the last attempt met; null when there was no answer.</param>
/// <param name="DurationMs">Of the last attempt, milliseconds.</param>
/// <param name="Error">Why the last attempt failed.</param>
/// <param name="NextAttemptAt">Null unless pending.</param>
/// <param name="Body">What is sent, as it is now: null once the person it tells of was erased.</param>
internal sealed record DeliveryJson(
    Guid Id, string Event, long Sequence, [property: JsonConverter(typeof(SnakeCase<DeliveryState>))] DeliveryState Status, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset? LastAttemptAt, int? ResponseCode, int? DurationMs, string? Error, DateTimeOffset? NextAttemptAt, JsonElement? Body)
{
    public static DeliveryJson Of(Delivery delivery) => new(
        delivery.Id, delivery.Type, delivery.Sequence, delivery.State, delivery.Attempts, delivery.At, delivery.TriedAt, delivery.Status,
        (int?)delivery.Duration?.TotalMilliseconds, delivery.Error, delivery.NextAt,
        delivery.State == DeliveryState.Erased ? null : JsonElement.Parse(WebhookPayload.Body(delivery)));
}
