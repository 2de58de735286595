using Conclude.Grains.Tests.Sessions;
using Conclude.Grains.Webhooks;

namespace Conclude.Grains.Tests.Webhooks;

/// <summary>Pure: when a failed delivery is tried again.</summary>
public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(3, 120)]
    [InlineData(9, 21_600)]
    [InlineData(40, 21_600)]
    public void The_wait_is_anything_up_to_a_bound_that_grows(int tries, int seconds)
    {
        Assert.Equal(Some.Now.AddSeconds(seconds / 2.0), RetrySchedule.Next(tries, Some.Now, Some.Now, retryAfter: null, chance: 0.5));
        Assert.Equal(Some.Now.AddSeconds(1), RetrySchedule.Next(tries, Some.Now, Some.Now, retryAfter: null, chance: 0));
    }

    [Fact]
    public void The_last_attempt_is_at_the_end_of_a_day_and_then_it_is_given_up()
    {
        Assert.Equal(Some.Now.AddHours(24), RetrySchedule.Next(9, Some.Now, Some.Now.AddHours(23), null, 0.9));
        Assert.Null(RetrySchedule.Next(10, Some.Now, Some.Now.AddHours(24), null, 0.9));
    }

    [Fact]
    public void What_the_receiver_asks_for_is_granted_within_the_day()
    {
        Assert.Equal(Some.Now.AddMinutes(7), RetrySchedule.Next(1, Some.Now, Some.Now, TimeSpan.FromMinutes(7), 0.5));
        Assert.Equal(Some.Now.AddSeconds(15), RetrySchedule.Next(2, Some.Now, Some.Now, TimeSpan.FromSeconds(-3), 0.5));
        Assert.Equal(Some.Now.AddHours(24), RetrySchedule.Next(1, Some.Now, Some.Now, TimeSpan.FromDays(90), 0.5));
    }

    [Fact]
    public void A_receiver_that_is_away_for_a_day_is_tried_between_twelve_and_sixty_times()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (now, tries) = (Some.Now, 1);
            while (RetrySchedule.Next(tries, Some.Now, now, null, random.NextDouble()) is { } next)
            {
                (now, tries) = (next, tries + 1);
            }

            Assert.InRange(tries, 12, 60);
            Assert.Equal(Some.Now.AddHours(24), now);
        }
    }
}
