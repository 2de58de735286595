using Conclude.Grains.Tenants;

namespace Conclude.Grains.Sessions;

/// <summary>Picks a moment's words for a page's language.</summary>
internal static class Wordings
{
    /// <summary>The exact language tag, else the language alone ("de" for "de-AT"), else the moment's own words.</summary>
    public static Wording For(MomentDefinition moment, string? locale)
    {
        if (locale is { Length: > 0 })
        {
            foreach (var tag in new[] { locale, locale.Split('-', '_')[0] })
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
}
