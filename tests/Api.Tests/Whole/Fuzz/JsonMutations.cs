using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>Changes a JSON text at one place of its structure, or the text itself.</summary>
internal static class JsonMutations
{
    /// <summary>Stands for a text that no serializer writes.</summary>
    private const string Mark = "@@raw@@";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Mutate(byte[] body, Random random) => random.Next(4) == 0 ? Bytes(body, random) : Structure(body, random);

    private static byte[] Structure(byte[] body, Random random)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(body);
            if (root is not null)
            {
                // What is wrong with a name or a text is only found when it is used.
                _ = (Places(root).Count(), Text(root));
            }
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            // Changed before into what is no JSON.
            return Bytes(body, random);
        }

        if (root is null)
        {
            return Bytes(body, random);
        }

        var places = Places(root).ToArray();
        if (places.Length == 0)
        {
            return Encoding.UTF8.GetBytes(Value(random));
        }

        var (parent, name, index) = places[random.Next(places.Length)];
        var value = parent is JsonObject o ? o[name!] : parent[index];
        var raw = Text(value);
        switch (random.Next(10))
        {
            case 0 when parent is JsonObject members:
                members.Remove(name!);
                return Written(root);
            case 0:
                parent.AsArray().RemoveAt(index);
                return Written(root);
            case 1 when parent is JsonObject members:
                // The same member twice: the second with another value, or the same.
                Set(parent, name, index);
                return Written(root, $"{raw},{JsonSerializer.Serialize(name)}:{(random.Next(2) == 0 ? raw : Value(random))}");
            case 2 when parent is JsonObject members:
                members.Remove(name!);
                members[Recased(name!, random)] = JsonNode.Parse(raw);
                return Written(root);
            case 3:
                // One more member or item.
                Set(parent, name, index);
                return Written(root, parent is JsonObject ? $"{raw},{Quoted(HostileText.Any(random), random)}:{Value(random)}" : $"{raw},{Value(random)}");
            case 4:
                // An array instead of the value, or of many of it.
                Set(parent, name, index);
                return Written(root, "[" + string.Join(',', Enumerable.Repeat(raw, random.Next(4) == 0 ? 150 : random.Next(3))) + "]");
            case 5:
                Set(parent, name, index);
                return Written(root, $"{{{Quoted(HostileText.Any(random), random)}:{raw}}}");
            default:
                Set(parent, name, index);
                return Written(root, Value(random));
        }
    }

    private static byte[] Bytes(byte[] body, Random random)
    {
        var at = random.Next(body.Length + 1);
        return random.Next(14) switch
        {
            0 => [0xef, 0xbb, 0xbf, .. body],
            1 => body[..at],
            2 => [.. body[..at], .. Broken(random), .. body[at..]],
            3 => [.. body, .. "{}"u8],
            4 => [],
            5 => [.. body, .. Enumerable.Repeat((byte)' ', 70_000)],
            6 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
            7 => [.. "["u8, .. body, .. "]"u8],
            8 => Encoding.UTF8.GetBytes(new string('[', random.Next(2) == 0 ? 64 * 1024 : 70)),
            9 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(2) == 0 ? 13_000 : 70))),
            10 => [.. body[..at], 0, .. body[at..]],
            11 => [.. body, .. "/* */ // x"u8],
            12 => [.. body.Select(b => random.Next(40) == 0 ? (byte)random.Next(256) : b)],
            _ => Encoding.UTF8.GetBytes(Value(random)),
        };
    }

    private static byte[] Broken(Random random)
    {
        byte[][] all = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]];
        return all[random.Next(all.Length)];
    }

    private static string Value(Random random)
    {
        string[] raw =
        [
            "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1e3", "1e999", "-1e999", "1e-999", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999999999999999",
            "0.00000000000000000000000000001", "01", "+1", ".5", "0x10", "NaN", "Infinity", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\u202e\"",
            "'x'", "undefined", "\"\\x\"", "\"unterminated", "{\"__proto__\":{}}", "{\"$type\":\"System.Object\"}",
        ];
        return random.Next(6) switch
        {
            0 => new string('[', 60) + new string(']', 60),
            1 => "[" + string.Join(',', Enumerable.Repeat("\"x\"", 3_000)) + "]",
            2 or 3 => Quoted(HostileText.Any(random), random),
            _ => raw[random.Next(raw.Length)],
        };
    }

    /// <summary>With characters as they are, or each as an escape.</summary>
    private static string Quoted(string text, Random random) => random.Next(3) == 0
        ? $"\"{string.Concat(text.Select(static c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")))}\""
        : JsonSerializer.Serialize(text, Plain);

    private static string Recased(string name, Random random) => random.Next(3) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : "A",
        _ => name + " ",
    };

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(m => (IEnumerable<(JsonNode, string?, int)>)[(o, m.Key, 0), .. m.Value is null ? [] : Places(m.Value)]),
        JsonArray a => a.SelectMany((v, i) => (IEnumerable<(JsonNode, string?, int)>)[(a, null, i), .. v is null ? [] : Places(v)]),
        _ => [],
    };

    private static void Set(JsonNode parent, string? name, int index)
    {
        if (parent is JsonObject o)
        {
            o[name!] = Mark;
        }
        else
        {
            parent[index] = Mark;
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString(Plain) ?? "null";

    private static byte[] Written(JsonNode root, string? raw = null)
    {
        var text = Text(root);
        return Encoding.UTF8.GetBytes(raw is null ? text : text.Replace($"\"{Mark}\"", raw, StringComparison.Ordinal));
    }
}
