using System.Globalization;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>How grains are named where people read it.</summary>
internal static class GrainIdExtensions
{
    /// <summary>
    /// The type, and of the key only a hash that differs from process to process: keys may be e-mail addresses or the ids of people,
    /// and logs are kept. Lines of one process about one grain can still be told from those about another.
    /// </summary>
    internal static string ForLog(this GrainId grain) =>
        string.Create(CultureInfo.InvariantCulture, $"{grain.Type}#{(uint)grain.Key.ToString()!.GetHashCode(StringComparison.Ordinal):x8}");
}
