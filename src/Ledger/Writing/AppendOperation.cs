using System.Collections.Immutable;

namespace Conclude.Ledger.Writing;

internal sealed class AppendOperation : Operation<ImmutableArray<FireResult>>
{
    private const int FireBytes = 256;
    private const int GrantBytes = 2_048;

    public AppendOperation(IReadOnlyList<Fire> fires)
    {
        Fires = [.. fires];
        foreach (var fire in Fires)
        {
            Check(fire);
            Bytes += FireBytes + 2 * (fire.UserKey.Length + fire.Event.Length + (fire.UserLabel?.Length ?? 0));
            if (fire.Grant is { } grant)
            {
                Bytes += GrantBytes + 2 * (grant.Prompt.Question.Length + (grant.Prompt.FollowUp?.Length ?? 0) + (grant.Context.Url?.Length ?? 0));
                foreach (var (trait, value) in grant.Person.Traits)
                {
                    Bytes += 2 * (trait.Length + value.Length);
                }
            }
        }
    }

    public Fire[] Fires { get; }

    public override int Weight => Fires.Length;

    public override long Bytes { get; }

    private static void Check(Fire fire)
    {
        if (fire.Verdict == Verdict.Shown != fire.Grant is not null)
        {
            throw new ArgumentException("A fire carries a grant exactly when its verdict is shown.", nameof(fire));
        }
        if (fire.Grant?.Prompt is { } prompt && (prompt.Event != fire.Event || prompt.Test != fire.Test))
        {
            throw new ArgumentException("A prompt is of its fire's event, and a test when its fire is.", nameof(fire));
        }
    }
}
