using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>Makes the prompt of a fire that is shown.</summary>
internal static class Grants
{
    /// <summary>How long an unclaimed prompt holds the user, besides the moment's delay.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(120);

    public static Grant Make(Occasion occasion, long expectedVersion)
    {
        var moment = occasion.Moment ?? throw new ArgumentException("No moment, no prompt.", nameof(occasion));
        var wording = Wordings.For(moment, occasion.Context.Locale);
        var leaseUntil = occasion.Now + Lease + TimeSpan.FromSeconds(moment.DelaySeconds);
        var prompt = new Prompt
        {
            Id = Guid.CreateVersion7(occasion.Now),
            Event = moment.Event,
            UserKey = occasion.UserKey,
            Test = occasion.Test,
            GrantedAt = occasion.Now,
            LeaseUntil = leaseUntil,
            LiveUntil = leaseUntil,
            Question = wording.Question,
            FollowUp = wording.FollowUp,
            DefinitionVersion = moment.Version,
            DelaySeconds = moment.DelaySeconds,
        };
        return new Grant(prompt, expectedVersion, occasion.Test ? null : moment.ResponseCap, occasion.Person, occasion.Context);
    }
}
