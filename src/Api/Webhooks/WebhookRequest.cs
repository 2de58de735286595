using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Grains.Webhooks;

namespace Conclude.Api.Webhooks;

/// <summary>A webhook to make, or to put in the place of what is there.</summary>
/// <param name="Url">Where to; https, at most 2,000 characters, not a private address.</param>
/// <param name="Events">What it wants to hear of; at least one.</param>
/// <param name="Enabled">Default true.</param>
/// <param name="Description">For people; at most 200 characters.</param>
internal sealed record WebhookRequest(string? Url = null, IReadOnlyList<string?>? Events = null, bool Enabled = true, string? Description = null)
{
    public async Task<Reading<WebhookEdit>> Check(WebhookDestinations destinations, CancellationToken cancellation)
    {
        var fields = new Fields();
        var wanted = WebhookEvents.None;
        foreach (var name in Events ?? [])
        {
            var known = name is null ? null : WebhookEventNames.Find(name);
            fields.Must(known is not null, "events", $"any of {string.Join(", ", WebhookEventNames.All)}");
            wanted |= known ?? WebhookEvents.None;
        }

        fields.Must(wanted != WebhookEvents.None, "events", "at least one event");
        fields.Line(Description, "description", Webhook.MaxDescription);
        if (await destinations.Problem(Url ?? "", cancellation) is { } problem)
        {
            fields.Add("url", problem);
        }

        return fields.Errors is { } errors
            ? ApiProblem.Validation(errors)
            : new WebhookEdit(Url!, wanted, Enabled, string.IsNullOrWhiteSpace(Description) ? null : Description);
    }
}
