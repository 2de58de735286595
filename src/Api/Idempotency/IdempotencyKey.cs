using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api.Idempotency;

/// <summary>The header <c>Idempotency-Key</c>: 1–255 printable ASCII characters, quoted as a structured field (draft-ietf-httpapi-idempotency-key-header) or bare.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Rule = "1–255 printable ASCII characters without blanks, quotes and backslashes";

    private const int MaxLength = 255;

    /// <returns>Null when it is none.</returns>
    public static string? Read(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } text)
        {
            return null;
        }

        var key = text is ['"', .. var quoted, '"'] ? quoted : text;
        return key.Length is >= 1 and <= MaxLength && key.All(static c => c is > ' ' and < '\x7f' and not '"' and not '\\') ? key : null;
    }

    /// <returns>SHA-256, lower-case hex.</returns>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
