using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>The words of a moment in one language while they are edited.</summary>
public sealed class TranslationRow(string language)
{
    private Wording? _stored;

    /// <summary>The tag, as it is stored.</summary>
    public string Language { get; } = language;

    public string Question { get; set; } = "";

    public string FollowUp { get; set; } = "";

    public static TranslationRow Of(string language, Wording wording) =>
        new(language) { _stored = wording, Question = wording.Question, FollowUp = wording.FollowUp ?? "" };

    public Wording Read() => new(
        _stored?.Question == Question ? Question : Question.Trim(),
        _stored?.FollowUp == FollowUp ? FollowUp : FollowUp.Trim() is { Length: > 0 } followUp ? followUp : null);
}
