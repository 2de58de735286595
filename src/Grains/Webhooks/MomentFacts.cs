using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Conclude.Grains.Tenants;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Webhooks;

/// <summary>What a change of a workspace's document tells its webhooks.</summary>
internal static class MomentFacts
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Whether nothing that a webhook is told of is another, but for the version.</summary>
    public static bool AreAlike(MomentDefinition before, MomentDefinition next) => Text(before) == Text(next with { Version = before.Version, CreatedAt = before.CreatedAt });

    /// <param name="next">The document after the change; its version names the facts.</param>
    public static ImmutableArray<ToldFact> Between(WorkspaceSnapshot before, WorkspaceSnapshot next, DateTimeOffset now)
    {
        if (next.Webhooks.IsEmpty || ReferenceEquals(before.Moments, next.Moments))
        {
            return [];
        }

        var facts = ImmutableArray.CreateBuilder<ToldFact>();
        foreach (var (name, moment) in next.Moments)
        {
            if (!before.Moments.TryGetValue(name, out var earlier))
            {
                Add(WebhookEvents.MomentCreated, WebhookEventNames.MomentCreated, name, Text(moment));
            }
            else if (earlier.Version != moment.Version)
            {
                Add(WebhookEvents.MomentUpdated, WebhookEventNames.MomentUpdated, name, Text(moment));
            }
        }

        foreach (var name in before.Moments.Keys.Where(name => !next.Moments.ContainsKey(name)))
        {
            Add(WebhookEvents.MomentDeleted, WebhookEventNames.MomentDeleted, name, JsonSerializer.Serialize(new { Event = name, next.Version }, Json));
        }

        return facts.DrainToImmutable();

        void Add(WebhookEvents wanted, string type, string name, string data)
        {
            if (next.WebhooksFor(wanted) is { IsEmpty: false } webhooks)
            {
                facts.Add(new ToldFact(type, now, data, $"{type} {name} {next.Version}", webhooks));
            }
        }
    }

    private static string Text(MomentDefinition moment) => JsonSerializer.Serialize(moment, Json);

    /// <summary>A webhook was disabled by itself.</summary>
    public static ImmutableArray<ToldFact> Stopped(WorkspaceSnapshot next, Webhook stopped, DateTimeOffset now) =>
        next.WebhooksFor(WebhookEvents.AlertRaised) is { IsEmpty: false } webhooks
            ?
            [
                new ToldFact(
                    FactTypes.AlertRaised, now,
                    JsonSerializer.Serialize(new { Alert = "webhook_disabled", Webhook = stopped.Id, Reason = stopped.Stop }, Json),
                    $"webhook {stopped.Id} {next.Version}", webhooks),
            ]
            : [];
}
