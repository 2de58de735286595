namespace Conclude.Dashboard.Embed;

/// <summary>Text to be copied, and what it is.</summary>
/// <param name="Label">Its language, or the file it goes into.</param>
public sealed record CodeSample(string Label, string Text);
