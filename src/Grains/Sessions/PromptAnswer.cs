using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>A step that the widget takes with a prompt.</summary>
/// <param name="View">With <see cref="PromptStep.Seen"/>: the page view that claims it.</param>
/// <param name="Text">With <see cref="PromptStep.Comment"/>: 1–2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("Conclude.PromptAnswer")]
public sealed record PromptAnswer(
    [property: Id(0)] Guid PromptId,
    [property: Id(1)] PromptStep Step,
    [property: Id(2)] string? View = null,
    [property: Id(3)] Reaction? Reaction = null,
    [property: Id(4)] string? Text = null);
