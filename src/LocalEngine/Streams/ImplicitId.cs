using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Streams;

/// <summary>The id of an implicit subscription: always the same for the same stream and grain.</summary>
internal static class ImplicitId
{
    internal static Guid For(string provider, StreamId streamId, GrainId grainId) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{provider}\n{streamId}\n{grainId}")).AsSpan(0, 16));
}
