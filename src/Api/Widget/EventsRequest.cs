using System.Text.Json.Serialization;

namespace Conclude.Api.Widget;

/// <summary>Events of one user, oldest first.</summary>
/// <param name="User">Whose they are.</param>
/// <param name="Events">1–100.</param>
/// <param name="Context">Where they happened.</param>
/// <param name="SentAt">The client's clock when it sent this; tells the age of an event whatever that clock says.</param>
internal sealed record EventsRequest(
    UserJson? User, [property: JsonConverter(typeof(EventsJsonConverter))] EventJson[]? Events, ContextJson? Context = null, DateTimeOffset? SentAt = null);

/// <summary>Who: at least one of both ids.</summary>
/// <param name="AnonymousId">The browser; 1–200 characters.</param>
/// <param name="ExternalId">The person; 1–200 characters.</param>
/// <param name="Hash">Lower-case hex of HMAC-SHA256 over the external id, keyed with the workspace's identity secret.</param>
/// <param name="Companies">At most 20.</param>
/// <param name="Traits">At most 50; text, numbers or booleans.</param>
internal sealed record UserJson(
    string? AnonymousId = null, string? ExternalId = null, string? Email = null, string? Name = null, string? Hash = null,
    CompanyJson[]? Companies = null,
    [property: JsonConverter(typeof(TraitsConverter))] Dictionary<string, string>? Traits = null)
{
    [JsonIgnore]
    public bool StatesFacts => Email is not null || Name is not null || Companies is { Length: > 0 } || Traits is { Count: > 0 };
}

/// <summary>A company of the user.</summary>
internal sealed record CompanyJson(string? Id, string? Name = null, decimal? MonthlySpend = null, DateTimeOffset? Created = null);

/// <summary>Where.</summary>
/// <param name="Device"><c>desktop</c>, <c>tablet</c> or <c>phone</c>.</param>
internal sealed record ContextJson(string? Url = null, string? Locale = null, string? Device = null);
