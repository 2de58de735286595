using System.Text;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>Texts that programs trip over.</summary>
internal static class HostileText
{
    private static readonly string[] Fixed =
    [
        "", " ", "\0", "a\0b", "\t", "\r\nX-Injected: 1", "\n", "\u0085", "\u2028", "\u007f", "\u001b[31m",
        "\u202eevil", "\u2066x\u2069", "\u200b", "\u200d", "\ufeff", "\uffff", "\ufffd", "\u00ad", "\u034f",
        "\u212aelvin", "\u0130", "\u0131", "ß", "ﬁ", "é", "e\u0301", "\ud83d\udc69\u200d\ud83d\udc67", "\U0010ffff", "مرحبا", "日本語",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "@(1+1)", "%s%n%x", "%00", "%", "%zz", "%c0%af", "+",
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\uff1d1", "'; DROP TABLE fires;--", "' OR 1=1", "\\", "/", "../../../etc/passwd", "..", ".", "a/b", "a%2Fb",
        "C:\\x", "null", "true", "false", "undefined", "NaN", "Infinity", "0", "-0", "1", "00", "1e9", "1e999", "-1e999", "0x7f", "2147483648", "9223372036854775808",
        "18446744073709551616", "1.7976931348623157e309", "0.1", "1,5", "１２", "٣",
        "2026-01-01", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00+99:99",
        "2026-01-01T24:00:00Z", "2026-13-01T00:00:00Z", "-2026-01-01", "1767225600",
        "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "{0193a5b0-0000-7000-8000-000000000001}", "0193a5b0000070008000000000000001",
        "http://", "http://[::1", "http://127.0.0.1:99999", "javascript:alert(1)", "https://user:pw@host/", "//evil.example", "/\\evil.example", "https://ex\u212aample.com", "http://0x7f.1/", "*", "https://*.example.com",
        "#fff", "#gggggg", "auto", "Positive", "POSITIVE", "trait.", "trait.plan.x", "is", "gt", "ada@acme.com", "@", "a@b@c", "a@\u212a.com",
    ];

    public static string Any(Random random) => random.Next(8) switch
    {
        0 => Long(random),
        1 => Fixed[random.Next(Fixed.Length)] + Fixed[random.Next(Fixed.Length)],
        2 => Noise(random),
        _ => Fixed[random.Next(Fixed.Length)],
    };

    /// <summary>About the bounds that routes have, and far beyond.</summary>
    public static string Long(Random random)
    {
        int[] lengths = [100, 101, 200, 201, 254, 255, 320, 321, 500, 501, 2_000, 2_001, 4_097, 20_000];
        string[] of = ["a", "1", "é", "\U0001f600", "e\u0301", "\u202e", "[", "%", "=", "\\", "\"", "<", "a.", "/", "\u0301"];
        var (unit, length) = (of[random.Next(of.Length)], lengths[random.Next(lengths.Length)]);
        return new StringBuilder().Insert(0, unit, Math.Max(1, length / unit.Length)).ToString();
    }

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(3) switch
    {
        0 => ((char)random.Next(0x20, 0x7f)).ToString(),
        1 => ((char)random.Next(0, 0x20)).ToString(),
        _ => new Rune(random.Next(2) == 0 ? random.Next(0x80, 0xd800) : random.Next(0xe000, 0x11_0000)).ToString(),
    }));
}
