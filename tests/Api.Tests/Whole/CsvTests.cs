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

    [Theory]
    [InlineData("\uff1d1+1")]
    [InlineData("\uff0b1")]
    [InlineData("\uff0d1")]
    [InlineData("\uff20SUM(A1)")]
    [InlineData("\u202e=1+1")]
    [InlineData("\u200b\uff1d1")]
    [InlineData("\ufeff@SUM(A1)")]
    [InlineData(" \u00a0=1+1")]
    [InlineData("\r\n=1+1")]
    [InlineData("\t=1+1")]
    public async Task A_formula_that_is_written_otherwise_is_none_either(string text)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire(new { externalId = "ada", name = text.Trim('\r', '\n', '\t'), companies = new[] { new { id = "co", name = text.Trim('\r', '\n', '\t') } } }, "exported"))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });
        await workspace.Done(prompt, "comment", new { text });

        var row = (await Csv(workspace, ""))[1];
        Assert.StartsWith("'", row[3], StringComparison.Ordinal);
        Assert.StartsWith("'", row[6], StringComparison.Ordinal);
        Assert.StartsWith("'", row[7], StringComparison.Ordinal);
        Assert.Equal(text, (string?)(await workspace.Get("responses"))["items"]![0]!["comment"]);
    }

    [Theory]
    [InlineData("company=acme%20%26%20S%C3%96NS", "1")]
    [InlineData("company=co_2", "2")]
    [InlineData("page=app.acme.com/Reports", "2 1")]
    [InlineData("page=/settings", "3")]
    [InlineData("q=%25", "3")]
    [InlineData("q=USER-2", "2")]
    [InlineData("q=@acme.com", "1")]
    [InlineData("comments=true", "3 1")]
    [InlineData("comments=false&q=nowhere", "")]
    [InlineData("company=co_1&page=/rep&comments=true&q=slow&reaction=frustrated&event=exported&from=2020-01-01", "1")]
    public async Task The_list_and_the_file_hold_the_same_answers_of_a_filter(string filter, string users)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await Answered(workspace, new { externalId = "user-1", email = "ada@acme.com", companies = new[] { new { id = "co_1", name = "Acme & Söns" } } }, "https://app.acme.com/reports/1?q=2", "So slow");
        await Answered(workspace, new { externalId = "user-2", companies = new[] { new { id = "co_2", name = "Acme" } } }, "https://app.acme.com/reports", null);
        await Answered(workspace, new { externalId = "user-3" }, "https://app.acme.com/settings", "100% fine");
        await Answered(await Another(), new { externalId = "user-1", email = "x@acme.com", companies = new[] { new { id = "co_1", name = "co_2" } } }, "https://app.acme.com/reports/settings", "slow 100%");

        var listed = (await workspace.Get("responses?limit=200&" + filter))["items"]!.AsArray();
        Assert.Equal(users.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static u => "user-" + u), listed.Select(static r => (string)r!["user"]!["externalId"]!));
        var rows = await Csv(workspace, "?" + filter);
        Assert.Equal(
            listed.Select(static r => ((string)r!["promptId"]!, (string?)r["comment"] ?? "", (string)r["reaction"]!, (string)r["context"]!["url"]!, DateTimeOffset.Parse((string)r["at"]!, System.Globalization.CultureInfo.InvariantCulture))),
            rows.Skip(1).Select(static c => (c[0], c[3], c[2], c[8], DateTimeOffset.Parse(c[11], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.All(rows.Skip(1), static c => Assert.EndsWith("Z", c[11], StringComparison.Ordinal));

        // One at a time it is the same list.
        List<string> paged = [];
        for (var next = ""; next is not null;)
        {
            var page = await workspace.Get($"responses?limit=1&cursor={next}&{filter}");
            paged.AddRange(page["items"]!.AsArray().Select(static r => (string)r!["promptId"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(listed.Select(static r => (string)r!["promptId"]!), paged);

        async Task<TestWorkspace> Another()
        {
            var other = await TestWorkspace.Create(host);
            await other.AddMoment("exported");
            return other;
        }
    }

    [Fact]
    public async Task A_search_that_takes_long_answers_an_empty_page_and_where_to_go_on()
    {
        var ledger = Substitute.For<ILedgerSearch>();
        await using var slow = new ApiHost([], services => services.AddSingleton(ledger));
        await slow.InitializeAsync();
        var workspace = await TestWorkspace.Create(slow);
        var place = new ResponseCursor(DateTimeOffset.UnixEpoch.AddDays(9), Guid.NewGuid());
        ledger.SearchResponses(Arg.Any<ResponseQuery>(), Arg.Any<TimeSpan>(), Arg.Any<CancellationToken>())
            .Returns(call => new ResponsePage([], call.Arg<ResponseQuery>().Before is null ? place : null, IsPartial: call.Arg<ResponseQuery>().Before is null));
        var page = await workspace.Get("responses?q=rare");
        Assert.Empty(page["items"]!.AsArray());
        var last = await workspace.Get($"responses?q=rare&cursor={page["next"]}");
        Assert.Null(last["next"]);
        await ledger.Received().SearchResponses(Arg.Is<ResponseQuery>(q => q.Before == place && q.Text == "rare"), Arg.Any<TimeSpan>(), Arg.Any<CancellationToken>());
        Assert.Single(await Csv(workspace, "?q=rare"));
    }

    [Fact]
    public async Task A_file_whose_end_cannot_be_read_is_broken_off_not_passed_off_as_whole()
    {
        var ledger = Substitute.For<ILedgerSearch>();
        await using var failing = new ApiHost([], services => services.AddSingleton(ledger));
        await failing.InitializeAsync();
        var workspace = await TestWorkspace.Create(failing);
        var answer = new Response(Guid.NewGuid(), "imported", Reaction.Positive, Comment: null, Person.Nobody, PageContext.Unknown, DateTimeOffset.UnixEpoch);
        var page = Enumerable.Repeat(answer, 200).ToImmutableArray();
        ledger.SearchResponses(Arg.Any<ResponseQuery>(), Arg.Any<TimeSpan>(), Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult(new ResponsePage(page, new ResponseCursor(answer.At, answer.PromptId), IsPartial: false)), _ => throw new LedgerUnavailableException("Down."));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Csv(workspace, ""));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "responses.csv"), 503, "store_unavailable");
    }

    private async Task Answered(TestWorkspace workspace, object user, string url, string? comment)
    {
        var prompt = (await TestWorkspace.Body(
            await workspace.PostEvents(new { user, context = new { url }, events = new[] { new { id = Guid.CreateVersion7(), name = "exported" } } }), System.Net.HttpStatusCode.OK))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = comment is null ? "positive" : "frustrated" });
        if (comment is not null)
        {
            await workspace.Done(prompt, "comment", new { text = comment });
        }

        host.Time.Advance(TimeSpan.FromSeconds(1));
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
