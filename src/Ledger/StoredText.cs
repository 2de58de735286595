namespace Conclude.Ledger;

/// <summary>What both stores keep, and find again, as it came.</summary>
public static class StoredText
{
    /// <summary>Whether the text is one line without control characters, and no half of a surrogate pair stands in it.</summary>
    public static bool CanBe(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) ? !char.IsSurrogatePair(text, i) : char.IsControl(text[i]))
            {
                return false;
            }

            i += char.IsSurrogate(text[i]) ? 1 : 0;
        }

        return true;
    }
}
