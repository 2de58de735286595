using System.Globalization;

namespace Conclude.Bench.Runner;

/// <summary>What <c>bench/run</c> was asked for; its help explains each.</summary>
internal sealed record BenchOptions
{
    public string Command { get; private init; } = "compare";
    public int Seconds { get; private init; } = 5;
    public int Rounds { get; private init; } = 5;
    public string[] Cases { get; private init; } = [];
    public string[] Servers { get; private init; } = [];
    public bool Quick { get; private init; }
    public bool Publish { get; private init; }
    public bool Memory { get; private init; } = true;
    public int Sessions { get; private init; } = 100_000;
    public int Pages { get; private init; } = 200;
    public long Events { get; private init; } = 10_000_000;

    public static BenchOptions Parse(string[] args)
    {
        BenchOptions options = new();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true, Memory = false, Seconds = 2, Rounds = 3, Events = 200_000 },
                "--publish" => options with { Publish = true },
                "--no-memory" => options with { Memory = false },
                "--seconds" => options with { Seconds = Number(args, ++i) },
                "--rounds" => options with { Rounds = Number(args, ++i) },
                "--sessions" => options with { Sessions = Number(args, ++i) },
                "--pages" => options with { Pages = Number(args, ++i) },
                "--events" => options with { Events = Number(args, ++i) },
                "--cases" => options with { Cases = Value(args, ++i).Split(',') },
                "--servers" => options with { Servers = Value(args, ++i).Split(',') },
                ['-', ..] => throw new BenchException($"{args[i]} is unknown; see --help"),
                _ => options with { Command = args[i] },
            };
        }

        return options;
    }

    private static string Value(string[] args, int at) =>
        at < args.Length ? args[at] : throw new BenchException($"{args[at - 1]} needs a value; see --help");

    private static int Number(string[] args, int at) =>
        int.TryParse(Value(args, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new BenchException($"{args[at - 1]} needs a number above 0");
}
