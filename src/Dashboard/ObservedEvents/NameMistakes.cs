using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>
/// Names that look like mistakes: nearly another name, or written unlike most of them. A hint, so it would rather miss one than cry wolf:
/// names that differ in a digit, or are short, are taken as meant.
/// </summary>
public static partial class NameMistakes
{
    /// <summary>The names of a workspace beyond these are not looked at.</summary>
    public const int MaxNames = 5_000;

    /// <summary>Shorter names that differ by one letter are different words more often than slips.</summary>
    private const int ShortestSlip = 8;

    /// <summary>Longer names are compared by their words only: each letter costs memory.</summary>
    private const int LongestSlip = 40;

    /// <summary>How many names with a deletion in common are compared; more are an accident of hashing, or made up.</summary>
    private const int MaxCompared = 8;

    public static FrozenDictionary<string, NameMistake> None { get; } = FrozenDictionary<string, NameMistake>.Empty;

    /// <param name="names">The ones to trust most come first: of two that are alike, the later one is the mistake.</param>
    public static FrozenDictionary<string, NameMistake> Find(IEnumerable<string> names)
    {
        var looked = names.Take(MaxNames).ToImmutableArray();
        Dictionary<string, NameMistake> found = new(StringComparer.Ordinal);
        Dictionary<string, string> byStem = new(StringComparer.Ordinal);
        Dictionary<int, List<(string Name, string Plain)>> byDeletion = [];
        foreach (var name in looked)
        {
            if (Like(name, byStem, byDeletion) is { } like)
            {
                found[name] = new($"Like {like}", $"Nearly the same as {like}. If the same is meant, fire it under one name.", like);
            }
        }

        if (looked.Length >= 3 && looked.Count(static n => SnakeCase().IsMatch(n)) * 2 > looked.Length)
        {
            foreach (var name in looked.Where(n => !SnakeCase().IsMatch(n) && !found.ContainsKey(n)))
            {
                var meant = Snake(name);
                found[name] = new("Not snake_case", $"Most names here are snake_case; this one would be {meant}.", meant);
            }
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Differ by one letter put in, left out or changed; digits are never a slip.</summary>
    internal static bool IsSlip(string a, string b)
    {
        if (a.Length > b.Length)
        {
            (a, b) = (b, a);
        }

        if (b.Length - a.Length > 1)
        {
            return false;
        }

        var head = a.AsSpan().CommonPrefixLength(b);
        var rest = b.Length == a.Length ? a.AsSpan(Math.Min(head + 1, a.Length)) : a.AsSpan(head);
        return head < b.Length && rest.SequenceEqual(b.AsSpan(head + 1)) && !char.IsAsciiDigit(b[head]) && !(b.Length == a.Length && char.IsAsciiDigit(a[head]));
    }

    /// <summary>In small letters, words joined by one underscore.</summary>
    internal static string Snake(string name) => string.Join('_', Words(name));

    private static string? Like(string name, Dictionary<string, string> byStem, Dictionary<int, List<(string Name, string Plain)>> byDeletion)
    {
        var words = Words(name);
        var stem = string.Concat(words.Select(Stem));
        if (!byStem.TryAdd(stem, name))
        {
            return byStem[stem];
        }

        var plain = string.Concat(words);
        if (plain.Length is < ShortestSlip or > LongestSlip)
        {
            return null;
        }

        // Names one edit apart have a text in common that one letter was taken out of, or one is such a text of the other.
        string? like = null;
        foreach (var hash in Deletions(plain))
        {
            ref var sharing = ref CollectionsMarshal.GetValueRefOrAddDefault(byDeletion, hash, out _);
            sharing ??= [];
            like ??= sharing.Find(other => IsSlip(plain, other.Plain)).Name;
            if (sharing.Count < MaxCompared)
            {
                sharing.Add((name, plain));
            }
        }

        return like;
    }

    /// <summary>The text and all texts with one letter less, hashed: a wrong hit costs one comparison.</summary>
    private static IEnumerable<int> Deletions(string text)
    {
        yield return string.GetHashCode(text, StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (i == 0 || text[i] != text[i - 1])
            {
                yield return string.GetHashCode(string.Concat(text.AsSpan(0, i), text.AsSpan(i + 1)), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Without the ending by which exports, exported and exporting differ.</summary>
    private static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed", "es", "s", "d", "e"])
        {
            if (word.Length >= ending.Length + 4 && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }

    private static List<string> Words(string name)
    {
        List<string> words = [];
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var letter = name[i];
            var begins = char.IsAsciiLetterUpper(letter) && i > 0 && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if ((begins || !char.IsAsciiLetterOrDigit(letter)) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();
}
