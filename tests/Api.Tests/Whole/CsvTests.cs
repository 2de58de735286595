using System.Collections.Immutable;
using Conclude.Api.Tests.Hosting;
using Conclude.Ledger;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: all answers of a filter as one file, which no spreadsheet takes for formulas.</summary>
public sealed class CsvTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Texts = ["=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(A1)", "\tx", "plain", "a \"quoted\", text\nin two lines"];

    [Fact]
    public async Task Every_answer_of_the_filter_is_in_the_file_newest_first_and_nothing_in_it_is_a_formula()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.AddMoment("imported");
        for (var i = 0; i < Texts.Length; i++)
        {
            var prompt = (await workspace.Fire(new { externalId = $"user-{i}", name = Texts[i].Split('\n')[0].Trim(), companies = new[] { new { id = "co", name = "Acme" } } }, "exported"))["prompt"]!;
            await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });
            await workspace.Done(prompt, "comment", new { text = Texts[i].Trim() });
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // More than a page.
        for (var i = 0; i < 205; i++)
        {
            await workspace.Done((await workspace.Fire($"browser-{i}", "imported"))["prompt"]!, "reaction", new { reaction = "positive" });
        }

        var all = await Csv(workspace, "");
        Assert.Equal(["promptId", "event", "reaction", "comment", "externalId", "email", "name", "companies", "url", "locale", "device", "at"], all[0]);
        Assert.Equal(1 + 205 + Texts.Length, all.Count);
        Assert.Equal(all.Count - 1, all.Skip(1).Select(static row => row[0]).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all.SelectMany(static row => row), static cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell));
        Assert.Equal(all.Skip(1).Select(static row => row[11]).OrderDescending(StringComparer.Ordinal), all.Skip(1).Select(static row => row[11]));

        var some = await Csv(workspace, "?event=exported&limit=2");
        Assert.Equal(1 + Texts.Length, some.Count);
        Assert.Equal(Texts.Reverse().Select(static text => "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text.Trim()), some.Skip(1).Select(static row => row[3]));
        Assert.Equal("Acme", some[1][7]);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "responses.csv?reaction=furious"), 400, "validation");
    }

    [Fact]
    public async Task A_file_whose_end_cannot_be_read_is_broken_off_not_passed_off_as_whole()
    {
        var ledger = Substitute.For<ILedger>();
        await using var failing = new ApiHost([], services => services.AddSingleton(ledger));
        await failing.InitializeAsync();
        var workspace = await TestWorkspace.Create(failing);
        var answer = new Response(Guid.NewGuid(), "imported", Reaction.Positive, Comment: null, Person.Nobody, PageContext.Unknown, DateTimeOffset.UnixEpoch);
        var page = Enumerable.Repeat(answer, 200).ToImmutableArray();
        ledger.ReadResponses(Arg.Any<ResponseQuery>(), Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult(page), _ => throw new LedgerUnavailableException("Down."));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Csv(workspace, ""));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "responses.csv"), 503, "store_unavailable");
    }

    private static async Task<List<string[]>> Csv(TestWorkspace workspace, string query)
    {
        using var answer = await workspace.Managed(HttpMethod.Get, "responses.csv" + query);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var text = await answer.Content.ReadAsStringAsync();
        using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with { HasHeader = false });
        List<string[]> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
