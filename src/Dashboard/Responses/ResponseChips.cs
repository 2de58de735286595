using System.Globalization;
using Conclude.Dashboard.Ranges;

namespace Conclude.Dashboard.Responses;

/// <summary>The filters in force, in words.</summary>
public static class ResponseChips
{
    public static IEnumerable<ResponseChip> Chips(this ResponseSelection chosen)
    {
        if (chosen.Event is { } name)
        {
            yield return new("event", name, chosen with { Event = null });
        }

        if (chosen.Reaction is { } reaction)
        {
            yield return new("reaction", reaction.ToString(), chosen with { Reaction = null });
        }

        if (chosen.CommentsOnly)
        {
            yield return new("comments", "With a comment", chosen with { CommentsOnly = false });
        }

        if (chosen.Company is { } company)
        {
            yield return new("company", $"Company: {company}", chosen with { Company = null });
        }

        if (chosen.Page is { } page)
        {
            yield return new("page", $"Page: {page}…", chosen with { Page = null });
        }

        if (chosen.Range is { } range)
        {
            yield return new("range", Words(range), chosen with { Range = null });
        }

        if (chosen.Text is { } text)
        {
            yield return new("q", $"“{text}”", chosen with { Text = null });
        }
    }

    private static string Words(DayRange range) => range.Preset switch
    {
        RangePreset.Day => "Last 24 hours",
        not null => $"Last {range.Days} days",
        null when range.First == range.Last => Day(range.First),
        null => $"{Day(range.First)} – {Day(range.Last)}",
    };

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
