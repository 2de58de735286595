using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>
/// One person's past, written into the ledger by the rules that a session decides with, at times that are given: for history that is made
/// up. Nobody else may write about this person meanwhile. Told the same again, it changes nothing.
/// </summary>
public sealed class PastSession
{
    private const int MaxWaiting = 100;
    private readonly ILedger _ledger;
    private readonly WorkspaceSnapshot _rules;
    private readonly string _user;
    private readonly Person _person;
    private readonly List<Fire> _waiting = [];
    private SessionMemory _memory;

    private PastSession(ILedger ledger, WorkspaceSnapshot rules, string user, Person person, SessionMemory memory) =>
        (_ledger, _rules, _user, _person, _memory) = (ledger, rules, user, person, memory);

    /// <summary>Fires that are in the store now and were not before.</summary>
    public int Accepted { get; private set; }

    /// <summary>Fires that were there already.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Fires that the plan's limits did not let in.</summary>
    public int Refused { get; private set; }

    /// <summary>Reads what is known of the person, and stores what is new.</summary>
    /// <param name="user">The key, as <see cref="UserKeys"/> makes it.</param>
    public static async Task<PastSession> Open(ILedger ledger, WorkspaceSnapshot rules, string user, Person person)
    {
        var memory = SessionMemory.Of(await ledger.ReadUser(rules.Workspace, user), user, rules.Settings.RequireVerifiedIdentity);
        var known = memory.Known(person);
        if (!known.Equals(memory.Person))
        {
            await ledger.Describe(rules.Workspace, user, known);
            memory = memory with { Person = known };
        }

        return new(ledger, rules, user, person, memory);
    }

    /// <summary>Decides one event. What cannot ask may wait for company: <see cref="Flush"/> at the end.</summary>
    /// <returns>The prompt that it was granted, or null.</returns>
    public async Task<Prompt?> Fire(IncomingEvent occurred, PageContext context, DateTimeOffset receivedAt)
    {
        FireBatch batch = new([occurred], _person, AnonymousId: null, context, receivedAt, IsBot: false);
        _waiting.Add(await Firing.Decided(_ledger, _memory, _user, _rules, batch, occurred));
        return _rules.Moments.ContainsKey(occurred.Name) || _waiting.Count >= MaxWaiting ? await Flush() : null;
    }

    /// <summary>Commits what waits.</summary>
    /// <returns>The prompt of the last of them, when it was granted one.</returns>
    public async Task<Prompt?> Flush()
    {
        var results = await _ledger.Append(_waiting);
        _waiting.Clear();
        foreach (var result in results)
        {
            switch (result.Status)
            {
                case FireStatus.Accepted:
                    Accepted++;
                    break;
                case FireStatus.Duplicate:
                    Duplicates++;
                    break;
                case FireStatus.OverQuota or FireStatus.TooManyNames:
                    Refused++;
                    break;
                default:
                    throw new InvalidOperationException("Somebody else writes about this person.");
            }
        }

        if (results is not [.., { Prompt: { } granted } last])
        {
            return null;
        }

        if (last.Status == FireStatus.Accepted)
        {
            _memory = _memory.Advance(granted);
        }

        return granted;
    }

    /// <summary>Takes a step with a prompt of this person; one that was taken before, or is not to be taken, changes nothing.</summary>
    public async Task Answer(PromptAnswer answer, DateTimeOffset at)
    {
        var prompt = _memory.Find(answer.PromptId) ?? throw new ArgumentException("Not this person's prompt.", nameof(answer));
        if (Answers.Next(prompt, answer, at) is not { After: { } after })
        {
            return;
        }

        if (!await _ledger.Change(new PromptChange(_rules.Workspace, _user, _memory.Version, answer.Step, prompt, after)))
        {
            throw new InvalidOperationException("Somebody else writes about this person.");
        }

        _memory = _memory.Advance(after);
    }
}
