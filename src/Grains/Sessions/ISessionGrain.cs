using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>One end user of one workspace, one turn at a time: verdicts, leases, answers. Its memory is the user's prompt rows.</summary>
[Alias("Conclude.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Decides and commits the events of a request, in order.</summary>
    [Alias("Fire")]
    Task<FireBatchAnswer> Fire(FireBatch batch);

    /// <summary>Stores what a request states of the person and links the browser, without firing anything.</summary>
    [Alias("Identify")]
    Task Identify(Person person, string? anonymousId, DateTimeOffset receivedAt);

    /// <summary>Takes a step with a prompt of this user.</summary>
    [Alias("Answer")]
    Task<AnswerOutcome> Answer(PromptAnswer answer);

    /// <summary>Lets go of all that it remembers: the user is being erased. What it wrote before is in the ledger when this answers.</summary>
    [Alias("Forget")]
    Task Forget();
}
