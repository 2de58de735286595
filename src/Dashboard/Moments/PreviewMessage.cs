using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>What the preview's frame is told: the widget's own names.</summary>
/// <param name="FollowUp">Null: <paramref name="Words"/> have one.</param>
/// <param name="Words">As they come with a prompt from the server.</param>
/// <param name="Dark">The page around the prompt.</param>
public sealed record PreviewMessage(
    string Question, string? FollowUp, PromptWords Words, string Accent, string OnAccent, string Mode, string Placement, bool Dark)
{
    /// <summary>Stands in while there is no question yet.</summary>
    public const string NoQuestion = "How was that?";

    /// <param name="language">The tag of the language of the question; null for the moment's own words.</param>
    public static PreviewMessage Of(string? question, string? followUp, Theme theme, PreviewLook look, string? language = null) => new(
        string.IsNullOrWhiteSpace(question) ? NoQuestion : question.Trim(),
        string.IsNullOrWhiteSpace(followUp) ? null : followUp.Trim(),
        PromptWords.For(language),
        theme.Accent,
        Contrast.TextOn(theme.Accent),
        // A workspace may have decided that its prompts are light on dark pages, too.
        theme.Mode == "auto" ? look is PreviewLook.Dark ? "dark" : "light" : theme.Mode,
        theme.Placement,
        look is PreviewLook.Dark);
}
