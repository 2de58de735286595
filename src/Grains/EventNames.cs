namespace Conclude.Grains;

/// <summary>What may be an event's name: 1–100 of <c>A–Z a–z 0–9 _ . : -</c>.</summary>
public static class EventNames
{
    public const int MaxLength = 100;

    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength } && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-');
}
