using Conclude.Ledger;

namespace Conclude.Api.Errors;

/// <summary>Collects what is wrong with the fields of a request.</summary>
internal sealed class Fields
{
    private Dictionary<string, string[]>? _errors;

    /// <summary>Messages by field; null when all is well.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors => _errors;

    public void Add(string field, string message) => (_errors ??= new(StringComparer.Ordinal)).TryAdd(field, [message]);

    public void Must(bool holds, string field, string message)
    {
        if (!holds)
        {
            Add(field, message);
        }
    }

    /// <summary>One line of text: at most <paramref name="max"/> characters, none of them a control character. Null passes.</summary>
    public void Line(string? text, string field, int max) =>
        Must(text is null || IsLine(text, max), field, $"at most {max} characters, no control characters");

    /// <summary>As <see cref="Line"/>, and not empty. Null passes.</summary>
    public void Id(string? text, string field, int max) =>
        Must(text is null || (text.Length > 0 && IsLine(text, max)), field, $"1–{max} characters, no control characters");

    private static bool IsLine(string text, int max) => text.Length <= max && StoredText.CanBe(text);
}
