using System.Text.Json.Serialization;

namespace Conclude.Api.Widget;

/// <summary>One event as it came: whatever is wrong with it is told of it alone.</summary>
/// <param name="Id">Null when it is no UUID.</param>
/// <param name="IdText">The id as sent, where <paramref name="Id"/> would not read the same; at most 100 characters.</param>
/// <param name="At">Client time; null when it was left out.</param>
/// <param name="IsTimeWrong">There was a time, and it is none.</param>
[JsonConverter(typeof(EventJsonConverter))]
internal readonly record struct EventJson(Guid? Id, string? IdText, string? Name, DateTimeOffset? At, bool IsTimeWrong)
{
    public string? IdAsSent => IdText ?? Id?.ToString();
}
