using Conclude.Grains.Sessions;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves what each step does to a prompt, and that repeating a call is told from contradicting it.</summary>
public sealed class AnswersTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddSeconds(5);

    [Fact]
    public void Seen_claims_the_lease_for_one_page_view()
    {
        var claimed = Step(Some.Granted, new(Some.Granted.Id, PromptStep.Seen, View: "a"));
        Assert.Equal(Later, claimed.SeenAt);
        Assert.Equal(Later.AddMinutes(10), claimed.LiveUntil);
        Assert.Equal((AnswerStatus.Done, null), Answers.Next(claimed, new(claimed.Id, PromptStep.Seen, View: "a"), Later));
        Assert.Equal((AnswerStatus.NotLive, null), Answers.Next(claimed, new(claimed.Id, PromptStep.Seen, View: "b"), Later));
        Assert.Equal((AnswerStatus.NotLive, null), Answers.Next(claimed, new(claimed.Id, PromptStep.Seen), Later));
    }

    [Fact]
    public void An_expired_lease_cannot_be_claimed() =>
        Assert.Equal((AnswerStatus.NotLive, null), Answers.Next(Some.Granted, new(Some.Granted.Id, PromptStep.Seen), Some.Granted.LeaseUntil));

    [Fact]
    public void A_positive_reaction_implies_seen_and_closes()
    {
        var answered = Step(Some.Granted, React(Reaction.Positive));
        Assert.Equal((Later, Later, Later), (answered.SeenAt!.Value, answered.ReactedAt!.Value, answered.LiveUntil));
    }

    [Theory]
    [InlineData(Reaction.Neutral)]
    [InlineData(Reaction.Frustrated)]
    public void Another_reaction_keeps_the_prompt_open_for_a_comment(Reaction reaction)
    {
        var answered = Step(Some.Granted, React(reaction));
        Assert.True(answered.IsLive(Later.AddMinutes(9)));
        var commented = Step(answered, new(answered.Id, PromptStep.Comment, Text: "too slow"));
        Assert.Equal(("too slow", Later), (commented.Comment, commented.LiveUntil));
    }

    [Fact]
    public void The_same_reaction_again_is_done_and_another_is_refused()
    {
        var answered = Step(Some.Granted, React(Reaction.Neutral));
        Assert.Equal((AnswerStatus.Done, null), Answers.Next(answered, React(Reaction.Neutral), Later));
        Assert.Equal((AnswerStatus.AlreadyAnswered, null), Answers.Next(answered, React(Reaction.Frustrated), Later));
    }

    [Fact]
    public void A_reaction_after_the_lease_is_kept_but_does_not_revive_the_prompt()
    {
        var answered = Step(Some.Expired, React(Reaction.Frustrated));
        Assert.Equal(Reaction.Frustrated, answered.Reaction);
        Assert.False(answered.IsLive(Later));
    }

    [Fact]
    public void A_comment_needs_a_reaction_that_is_not_positive()
    {
        var comment = new PromptAnswer(Some.Granted.Id, PromptStep.Comment, Text: "x");
        Assert.Equal((AnswerStatus.ReactionRequired, null), Answers.Next(Some.Granted, comment, Later));
        Assert.Equal((AnswerStatus.CommentNotExpected, null), Answers.Next(Step(Some.Granted, React(Reaction.Positive)), comment, Later));
    }

    [Fact]
    public void The_same_comment_again_is_done_and_another_is_refused()
    {
        var commented = Step(Step(Some.Granted, React(Reaction.Neutral)), new(Some.Granted.Id, PromptStep.Comment, Text: "x"));
        Assert.Equal((AnswerStatus.Done, null), Answers.Next(commented, new(commented.Id, PromptStep.Comment, Text: "x"), Later));
        Assert.Equal((AnswerStatus.AlreadyAnswered, null), Answers.Next(commented, new(commented.Id, PromptStep.Comment, Text: "y"), Later));
    }

    [Fact]
    public void A_dismissal_closes_and_counts_only_before_a_reaction()
    {
        var dismiss = new PromptAnswer(Some.Granted.Id, PromptStep.Dismiss);
        var dismissed = Step(Some.Granted, dismiss);
        Assert.Equal((Later, Later), (dismissed.DismissedAt!.Value, dismissed.LiveUntil));
        Assert.Equal((AnswerStatus.Done, null), Answers.Next(dismissed, dismiss, Later));
        Assert.Equal(AnswerStatus.NotLive, Answers.Next(dismissed, new(dismissed.Id, PromptStep.Seen), Later).Status);

        var skipped = Step(Step(Some.Granted, React(Reaction.Neutral)), dismiss);
        Assert.Null(skipped.DismissedAt);
        Assert.False(skipped.IsLive(Later));
    }

    [Fact]
    public void A_tap_that_arrives_after_a_dismissal_is_kept() =>
        Assert.Equal(Reaction.Positive, Step(Step(Some.Granted, new(Some.Granted.Id, PromptStep.Dismiss)), React(Reaction.Positive)).Reaction);

    [Theory]
    [InlineData(PromptStep.Seen)]
    [InlineData(PromptStep.Reaction)]
    [InlineData(PromptStep.Comment)]
    [InlineData(PromptStep.Dismiss)]
    public void A_day_after_the_grant_the_prompt_is_gone(PromptStep step) =>
        Assert.Equal((AnswerStatus.NotFound, null), Answers.Next(Some.Granted, new(Some.Granted.Id, step, Reaction: Reaction.Neutral, Text: "x"), Some.Now.AddHours(24)));

    private static PromptAnswer React(Reaction reaction) => new(Some.Granted.Id, PromptStep.Reaction, Reaction: reaction);

    private static Prompt Step(Prompt prompt, PromptAnswer answer)
    {
        var (status, after) = Answers.Next(prompt, answer, Later);
        Assert.Equal(AnswerStatus.Done, status);
        return after ?? throw new InvalidOperationException("Nothing was to be stored.");
    }
}
