using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.Embed;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using Conclude.Testing;
using Microsoft.JSInterop;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves the words people read, and the address they are sent to after signing in.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Every_verdict_has_words_of_its_own()
    {
        var sentences = Verdicts.All.Select(v => VerdictWords.Sentence(v, until: null)).ToList();

        Assert.Equal(Verdicts.Count, sentences.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(sentences, s => s.Contains("no reason", StringComparison.Ordinal));
        Assert.Equal(Verdicts.Count, Verdicts.All.Select(VerdictWords.Label).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_cooldown_says_when_it_ends() =>
        Assert.Equal("Not asked: asked recently, again from 17:40", VerdictWords.Sentence(Verdict.Cooldown, "17:40"));

    [Theory]
    [InlineData("/moments/x?y=1", "/moments/x?y=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Only_an_address_of_this_site_is_followed(string? address, string followed) => Assert.Equal(followed, LocalAddress.OrHome(address));

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(0, 5, "0%")]
    [InlineData(1, 1000, "<1%")]
    [InlineData(1, 3, "33%")]
    [InlineData(5, 5, "100%")]
    public void Shares_read_as_people_say_them(long part, long whole, string words) => Assert.Equal(words, Percent.Of(part, whole));

    [Theory]
    [InlineData(5, "just now")]
    [InlineData(45, "45 s ago")]
    [InlineData(60 * 59, "59 min ago")]
    [InlineData(3600 * 23, "23 h ago")]
    [InlineData(86400 * 6, "6 d ago")]
    [InlineData(86400 * 30, "23 Oct")]
    public void Times_are_relative_while_recent(int secondsAgo, string words)
    {
        var time = new ManualTime();
        var clock = new ViewerClock(Substitute.For<IJSRuntime>(), time);

        Assert.Equal(words, clock.Ago(time.GetUtcNow().AddSeconds(-secondsAgo)));
    }

    [Theory]
    [InlineData("https://app.acme.com/reports?token=secret#x", "app.acme.com/reports")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)")]
    [InlineData(null, null)]
    public void A_page_is_named_without_its_query(string? url, string? words) => Assert.Equal(words, PersonWords.Page(new PageContext(url, null, null)));

    [Fact]
    public void The_snippet_holds_the_key_and_survives_a_strange_host()
    {
        var snippet = Snippet.Script("https://a.example/\"><script>", "pk_live_1");

        Assert.Contains("data-key=\"pk_live_1\"", snippet, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><script>widget", snippet, StringComparison.Ordinal);
    }
}
