using System.Text.Json.Serialization;
using Conclude.Grains.Sessions;

namespace Conclude.Api.Widget;

/// <summary>What became of the events of a request.</summary>
/// <param name="Accepted">Committed and counted now.</param>
/// <param name="Duplicates">Committed by an earlier request, or earlier in this one.</param>
/// <param name="Quota"><c>ok</c>, or <c>exceeded</c>: the plan's events of this month are used up, and some of these were not recorded.</param>
/// <param name="Prompt">The prompt to show, if any.</param>
/// <param name="ConfigVersion">Version of the configuration in force: when it is not the one the page has, its <c>config</c> is out of date.</param>
/// <param name="Verdicts">Why each recorded event did or did not ask; with a test key, and for the demo's workspace, only.</param>
internal sealed record EventsAnswer(
    int Accepted, int Duplicates, IReadOnlyList<RejectedJson> Rejected, string Quota, PromptJson? Prompt, long ConfigVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<VerdictJson>? Verdicts);

/// <summary>An event that was not recorded.</summary>
/// <param name="Id">As sent, at most 101 characters; null when it was no text.</param>
/// <param name="Code"><c>invalid_name</c>, <c>invalid_id</c>, <c>invalid_time</c>, <c>blocked_event_name</c> or <c>too_many_event_names</c>.</param>
internal sealed record RejectedJson(string? Id, string Code, string Message);

/// <summary>A prompt granted to this user.</summary>
/// <param name="LeaseSeconds">It must be claimed by <c>seen</c> within this time.</param>
/// <param name="Words">The fixed words, in the question's language or else the page's.</param>
/// <param name="Delay">Seconds to wait before it is painted; left out when 0.</param>
internal sealed record PromptJson(
    Guid Id, string Event, string Question, string? FollowUp, int LeaseSeconds, PromptWords Words, WidgetTheme Theme,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Delay);

/// <summary>Why an event did or did not ask.</summary>
/// <param name="Until">Until when the same person would get the same verdict, where the rule knows it.</param>
internal sealed record VerdictJson(Guid Id, string Event, string Verdict, DateTimeOffset? Until);
