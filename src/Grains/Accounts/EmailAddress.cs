using System.Globalization;
using System.Text;
using Conclude.Ledger;

namespace Conclude.Grains.Accounts;

/// <summary>What passes for an e-mail address; whether it reaches anybody is not known.</summary>
public static class EmailAddress
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 254;

    /// <summary>Whether an account can have this address. Asked before one is looked for: no store finds a NUL or half a character.</summary>
    public static bool CanBeStored(string text) =>
        text.Length is > 0 and <= MaxLength && StoredText.CanBe(text);

    public static bool IsPlausible(string text) =>
        text.Length <= MaxLength && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
        && text.IndexOf('@', at + 1) < 0 && !text.EnumerateRunes().Any(static r => Rune.IsWhiteSpace(r) || IsHidden(r));

    /// <summary>Not to be seen, or half a character: an address with it would pass for another one, or turn the text beside it around.</summary>
    private static bool IsHidden(Rune rune) =>
        rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
