using Conclude.Grains.Tenants;

namespace Conclude.Grains.Sessions;

/// <summary>Picks a moment's words for a page's language.</summary>
public static class Wordings
{
    /// <summary>The exact language tag, else the language alone ("de" for "de-AT"), else the moment's own words.</summary>
    public static Wording For(MomentDefinition moment, string? locale)
    {
        if (locale is { Length: > 0 })
        {
            foreach (var tag in new[] { locale, LanguageOf(locale) })
            {
                foreach (var (language, wording) in moment.Translations)
                {
                    if (language.Equals(tag, StringComparison.OrdinalIgnoreCase))
                    {
                        return wording with { FollowUp = wording.FollowUp ?? moment.FollowUp };
                    }
                }
            }
        }

        return new(moment.Question, moment.FollowUp);
    }

    /// <summary>
    /// The fixed words for a question: in its language when it is one of the moment's translations, else in the page's. A moment does not
    /// say in which language its own words are.
    /// </summary>
    /// <param name="moment">Null when it is gone: its prompts outlive it.</param>
    public static PromptWords WordsFor(string question, MomentDefinition? moment, string? locale)
    {
        if (moment is not null && moment.Question != question)
        {
            foreach (var (language, wording) in moment.Translations)
            {
                if (wording.Question == question)
                {
                    return PromptWords.For(language);
                }
            }
        }

        return PromptWords.For(locale);
    }

    /// <summary>The language of a tag: "de" of "de-AT"; empty for none.</summary>
    internal static string LanguageOf(string? locale) => locale?.Split('-', '_')[0] ?? "";
}
