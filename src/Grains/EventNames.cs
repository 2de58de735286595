using System.Buffers;

namespace Conclude.Grains;

/// <summary>What may be an event's name: 1–100 of <c>A–Z a–z 0–9 _ . : -</c>.</summary>
public static class EventNames
{
    public const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-");

    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(Allowed);
}
