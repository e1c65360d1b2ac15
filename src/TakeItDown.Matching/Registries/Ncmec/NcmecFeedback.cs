using System.Text;
using System.Xml;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Feedback in the protocol's words.</summary>
internal static class NcmecFeedback
{
    /// <summary>The kinds of hash that the protocol has a key for.</summary>
    public const HashKinds Kinds = HashKinds.Md5 | HashKinds.Sha1 | HashKinds.Pdq;

    /// <summary>Longer lists of reasons, in bytes or in number, are no lists for a person to choose from.</summary>
    private const int DocumentLimit = 1 << 20, ReasonLimit = 256;

    private const int NameLimit = 256;

    /// <summary>Where the reasons are.</summary>
    public static string ReasonsPath(HashKind kind) => $"/v2/feedback/{Key(kind)}/reasons";

    /// <summary>Where feedback on a hash of an entry is put; null where no address can name it.</summary>
    public static string? PathOf(EntryFeedback feedback)
    {
        var (member, id) = (feedback.Entry.Member, feedback.Entry.Id);
        // Dots alone would lead to another place, however they are written.
        return member is "." or ".." || id is "." or ".." || !Kinds.Contains(feedback.Kind) ? null
            : $"/v2/entries/{Uri.EscapeDataString(member)}/{Uri.EscapeDataString(id)}/{Key(feedback.Kind)}/feedback";
    }

    /// <summary>A <c>feedbackSubmission</c>.</summary>
    public static byte[] Write(EntryFeedback feedback)
    {
        using var document = new MemoryStream();
        using (var xml = XmlWriter.Create(document, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("feedbackSubmission", NcmecReader.Namespace);
            xml.WriteStartElement(feedback.Reasons.Count == 0 ? "affirmative" : "negative", NcmecReader.Namespace);
            if (feedback.Reasons.Count > 0)
            {
                xml.WriteStartElement("reasonIds", NcmecReader.Namespace);
                foreach (var reason in feedback.Reasons) xml.WriteElementString("guid", NcmecReader.Namespace, reason);
            }
        }
        return document.ToArray();
    }

    /// <summary>Reads <c>availableFeedbackReasons</c>, as the root or a child of it: both are seen. A reason that is malformed is left out.</summary>
    /// <exception cref="RegistryFormatException">The document is malformed as a whole.</exception>
    public static IReadOnlyList<FeedbackReason> ReadReasons(ArraySegment<byte> document) =>
        document.Count <= DocumentLimit ? NcmecReader.Read(document, ReadReasons) : throw new RegistryFormatException("its reasons for feedback are too long");

    private static IReadOnlyList<FeedbackReason> ReadReasons(NcmecReader reader)
    {
        const string Element = "availableFeedbackReasons";
        var reasons = new List<FeedbackReason>();
        reader.MoveToRoot();
        var depth = 0;
        while (reader.Name != Element)
        {
            depth = 1;
            if (!reader.MoveToChild(0)) throw new RegistryFormatException($"the document holds no {Element} of the protocol's version 2");
        }
        while (reader.MoveToChild(depth))
        {
            if (reader.Name != "reason") continue;
            var (id, name) = (reader.Attribute("guid")?.Trim(), reader.Attribute("name")?.Trim());
            if (FeedbackReason.IsId(id) && name is { Length: > 0 and <= NameLimit }) reasons.Add(new FeedbackReason(id, name));
            if (reasons.Count > ReasonLimit) throw new RegistryFormatException("its reasons for feedback are too many");
        }
        reader.MoveToEnd();
        return reasons.AsReadOnly();
    }

    private static string Key(HashKind kind) => kind.ToName().ToUpperInvariant();
}
