using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Api.Responses;
using Conclude.Ledger;

namespace Conclude.Api.Users;

/// <summary>All that is stored of a person. Written piece by piece by <see cref="UserExport"/>; this is its shape.</summary>
/// <param name="AnonymousIds">Of the browsers that were linked to them.</param>
/// <param name="Prompts">Oldest first.</param>
/// <param name="Events">As far back as the workspace keeps them.</param>
internal sealed record UserExportJson(
    UserFactsJson User, IReadOnlyList<string> AnonymousIds, IReadOnlyList<UserPromptJson> Prompts, IReadOnlyList<UserEventJson> Events);

/// <summary>What the app told of a person.</summary>
/// <param name="Verified">Whether it came with proof of who they are.</param>
internal sealed record UserFactsJson(
    string? ExternalId, string? Email, string? Name, IReadOnlyList<ResponseCompanyJson> Companies, ImmutableSortedDictionary<string, string> Traits, bool Verified)
{
    public static UserFactsJson Of(Person person) => new(
        person.ExternalId, person.Email, person.Name,
        [.. person.Companies.Select(static c => new ResponseCompanyJson(c.Id, c.Name, c.MonthlySpend, c.Created))], person.Traits, person.Verified);
}

/// <summary>A prompt, with the person and page as they were then.</summary>
/// <param name="View">The page view that showed it, by the random id that its page made up.</param>
internal sealed record UserPromptJson(
    Guid Id, string Event, string Question, string? FollowUp, DateTimeOffset GrantedAt, DateTimeOffset? SeenAt, DateTimeOffset? DismissedAt,
    [property: JsonConverter(typeof(SnakeCase<Reaction>))] Reaction? Reaction, DateTimeOffset? ReactedAt, string? Comment, DateTimeOffset? CommentedAt,
    UserFactsJson User, ResponseContextJson Context, string? View)
{
    public static UserPromptJson Of(PersonPrompt prompt) => new(
        prompt.Id, prompt.Event, prompt.Question, prompt.FollowUp, prompt.GrantedAt, prompt.SeenAt, prompt.DismissedAt,
        prompt.Reaction, prompt.ReactedAt, prompt.Comment, prompt.CommentedAt,
        UserFactsJson.Of(prompt.Person), new ResponseContextJson(prompt.Context.Url, prompt.Context.Locale, prompt.Context.Device), prompt.View);
}

/// <summary>An event.</summary>
/// <param name="At">By the browser's clock.</param>
/// <param name="ReceivedAt">By the server's.</param>
/// <param name="User">What the live feed called them then.</param>
internal sealed record UserEventJson(Guid Id, string Name, DateTimeOffset At, DateTimeOffset ReceivedAt, string Verdict, string? User)
{
    public static UserEventJson Of(PersonEvent found) => new(found.Id, found.Event, found.At, found.ReceivedAt, found.Verdict.Name(), found.Label);
}
