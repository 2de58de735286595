using System.Text.Json;

namespace Conclude.Bench.Runner;

/// <summary>Tells an outcome: the page, every figure, the picture, and the samples they are made of.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task Write(Outcome outcome)
    {
        var (page, details, picture) = (Page.Of(outcome), Details.Of(outcome), Picture.Of(outcome));
        await Keep("bench.md", page);
        await Keep("details.md", details);
        await Keep("bench.svg", picture);
        await Keep("samples.json", JsonSerializer.Serialize(outcome.Samples, Format));
        if (outcome.Options.Publish)
        {
            await File.WriteAllTextAsync(Path.Combine(Folders.Root, "docs", "bench.md"), page);
            await File.WriteAllTextAsync(Path.Combine(Folders.Root, "docs", "images", "bench.svg"), picture);
        }

        Console.WriteLine();
        Console.WriteLine(details);
        Console.WriteLine(page);
    }

    private static Task Keep(string file, string text) => File.WriteAllTextAsync(Path.Combine(Folders.Results, file), text);
}
