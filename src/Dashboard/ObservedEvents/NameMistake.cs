namespace Conclude.Dashboard.ObservedEvents;

/// <summary>What about a name looks like a mistake.</summary>
/// <param name="Badge">A word or two.</param>
/// <param name="Sentence">What it is, and what was probably meant.</param>
/// <param name="Meant">The name that was probably meant.</param>
public sealed record NameMistake(string Badge, string Sentence, string Meant);
