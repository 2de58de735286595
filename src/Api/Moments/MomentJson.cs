using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.Moments;

/// <summary>A moment, with its counters of all time.</summary>
/// <param name="Version">Grows with every change to it; also its ETag.</param>
internal sealed record MomentJson(
    string Event, bool Enabled, bool OncePerUser, string Question, string? FollowUp, decimal SamplingRate,
    [property: JsonConverter(typeof(SnakeCase<SamplingMode>))] SamplingMode SamplingMode,
    decimal CooldownHours, int DelaySeconds, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int? ResponseCap,
    IReadOnlyList<AudienceRuleJson> Audience, IReadOnlyDictionary<string, WordingJson> Translations, long Version, TotalsJson Totals)
{
    public static MomentJson Of(MomentDefinition moment, Counters totals) => new(
        moment.Event, moment.Enabled, moment.OncePerUser, moment.Question, moment.FollowUp, moment.SamplingRate, moment.SamplingMode,
        moment.CooldownHours, moment.DelaySeconds, moment.StartsAt, moment.EndsAt, moment.ResponseCap,
        [.. moment.Audience.Select(AudienceRuleJson.Of)],
        moment.Translations.ToDictionary(static t => t.Key, static t => new WordingJson(t.Value.Question, t.Value.FollowUp), StringComparer.Ordinal),
        moment.Version, TotalsJson.Of(totals));
}

/// <summary>Every moment of the workspace, by event.</summary>
internal sealed record MomentsJson(IReadOnlyList<MomentJson> Items);
