using System.Globalization;

namespace Conclude.Dashboard.Components.Shared;

/// <summary>Shares as people read them.</summary>
public static class Percent
{
    /// <returns>Whole percent; <c>&lt;1%</c> for less than one; an en dash when there is nothing to share.</returns>
    public static string Of(long part, long whole) => (part, whole) switch
    {
        (_, <= 0) => "–",
        (0, _) => "0%",
        _ when part * 100 < whole => "<1%",
        _ => (part * 100.0 / whole).ToString("0", CultureInfo.InvariantCulture) + "%",
    };
}
