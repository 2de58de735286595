using Conclude.Dashboard.Live;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that open pages are drawn few at a time, and each in its turn.</summary>
public sealed class DrawTurnsTests
{
    [Fact]
    public void Pages_are_drawn_in_the_order_in_which_they_asked()
    {
        using DrawTurns turns = new();
        var drawn = Enumerable.Range(0, DrawTurns.AtOnce).Select(_ => turns.Begin()).ToList();
        var waiting = Enumerable.Range(0, 20).Select(_ => turns.Begin()).ToList();

        Assert.All(drawn, static turn => Assert.True(turn.IsCompletedSuccessfully));
        for (var ended = 0; ended <= waiting.Count; ended++)
        {
            SpinWait.SpinUntil(() => waiting.Count(static turn => turn.IsCompletedSuccessfully) == ended, TimeSpan.FromSeconds(20));
            Assert.All(waiting.Take(ended), static turn => Assert.True(turn.IsCompletedSuccessfully));
            Assert.All(waiting.Skip(ended), static turn => Assert.False(turn.IsCompleted));
            turns.End();
        }
    }
}
