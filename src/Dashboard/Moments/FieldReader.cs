using System.Collections.Immutable;
using System.Globalization;

namespace Conclude.Dashboard.Moments;

/// <summary>Reads numbers and dates as people type them, and notes what it could not read by JSON field name.</summary>
internal sealed class FieldReader(TimeZoneInfo zone)
{
    private const string DateFormat = "yyyy-MM-ddTHH:mm";

    public ImmutableSortedDictionary<string, string>.Builder Errors { get; } = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    /// <summary>A decimal comma is understood.</summary>
    public decimal Number(string field, string text)
    {
        if (decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Errors[field] = text.Trim().Length == 0 ? "must not be empty" : "must be a number";
        return 0;
    }

    /// <returns>Null for an empty text.</returns>
    public int? Whole(string field, string text)
    {
        if (text.Trim().Length == 0)
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Errors[field] = "must be a whole number";
        return null;
    }

    /// <param name="kept">Returned when the text is what would be written for it: the field shows no seconds, and an hour may come twice in autumn.</param>
    public DateTimeOffset? Date(string field, string text, DateTimeOffset? kept)
    {
        if (text.Trim().Length == 0)
        {
            return null;
        }

        if (text == Written(kept, zone))
        {
            return kept;
        }

        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            Errors[field] = "must be a date and time";
            return null;
        }

        // An hour that the clocks skip in spring is read with the offset before the change.
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.GetUtcOffset(wall);
        if (wall.Ticks - offset.Ticks < 0 || wall.Ticks - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            Errors[field] = "must be a date and time";
            return null;
        }

        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    public static string Written(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Written(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Written(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is null ? "" : TimeZoneInfo.ConvertTime(at.Value, zone).ToString(DateFormat, CultureInfo.InvariantCulture);
}
