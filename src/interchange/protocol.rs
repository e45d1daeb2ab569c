//! The protocol of a flow, which most tools keep as free text.

use crate::model::Protocol;

/// What free text says about a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::interchange) struct Reading {
    pub protocol: Protocol,
    /// True when the protocol says all the text said.
    pub exact: bool,
}

/// Reads "https", "HTTP/S", "TLS 1.2", "JDBC over TLS" … Unknown words give the unknown protocol.
pub(in crate::interchange) fn read(text: &str) -> Reading {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Reading { protocol: Protocol::Unknown, exact: true };
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let named: Vec<Protocol> = words.iter().filter_map(|w| word(w)).collect();
    // What runs over TLS, TCP or UDP says more than these.
    let carrier = |p: &Protocol| matches!(p, Protocol::Tls | Protocol::Tcp | Protocol::Udp);
    let specific = named.iter().copied().find(|p| !carrier(p)).or_else(|| named.iter().copied().max_by_key(|p| p.is_encrypted()));
    let styled =
        || words.iter().any(|w| matches!(*w, "rest" | "restful" | "graphql" | "soap" | "odata")).then_some(Protocol::Http);
    let Some(protocol) = specific.or_else(styled) else {
        return Reading { protocol: Protocol::Unknown, exact: false };
    };
    // "HTTP/HTTPS" may be either: the weaker one is what must be defended against.
    let plain = named.iter().copied().find(|p| encrypted_form(*p).is_some_and(|secure| !carrier(p) && named.contains(&secure)));
    let secured =
        words.iter().any(|w| matches!(*w, "s" | "tls" | "ssl" | "mtls" | "starttls" | "secure" | "secured" | "encrypted"));
    let secure = encrypted_form(protocol).filter(|_| secured);
    let exact = text == protocol.label().to_lowercase() || matches!(words.as_slice(), [one] if is_own_name(one, protocol));
    Reading { protocol: plain.or(secure).unwrap_or(protocol), exact: exact && plain.is_none() && secure.is_none() }
}

/// The same protocol over TLS; `None` where there is none or it is encrypted already.
pub(in crate::interchange) fn encrypted_form(protocol: Protocol) -> Option<Protocol> {
    match protocol {
        Protocol::Unknown => Some(Protocol::Tls),
        Protocol::Udp => Some(Protocol::Dtls),
        protocol => protocol.over_tls(),
    }
}

/// True when the word is the protocol's own name, not something that merely runs over it.
fn is_own_name(word: &str, protocol: Protocol) -> bool {
    word == protocol.name().to_lowercase() || matches!((word, protocol), ("websocket" | "websockets", Protocol::Ws))
}

fn word(word: &str) -> Option<Protocol> {
    Some(match word {
        "http" | "http1" | "http2" => Protocol::Http,
        "https" | "http3" | "quic" => Protocol::Https,
        "ws" | "websocket" | "websockets" => Protocol::Ws,
        "wss" => Protocol::Wss,
        "grpc" => Protocol::Grpc,
        "grpcs" => Protocol::GrpcTls,
        "tcp" | "tcpip" => Protocol::Tcp,
        "tls" | "ssl" | "mtls" | "tls1" | "tlsv1" => Protocol::Tls,
        "udp" => Protocol::Udp,
        "dtls" => Protocol::Dtls,
        "ssh" => Protocol::Ssh,
        "sftp" | "scp" => Protocol::Sftp,
        "ftp" => Protocol::Ftp,
        "smtp" => Protocol::Smtp,
        "smtps" => Protocol::SmtpTls,
        "ldap" => Protocol::Ldap,
        "ldaps" => Protocol::Ldaps,
        "sql" | "jdbc" | "odbc" | "tds" | "mysql" | "postgres" | "postgresql" | "mssql" | "mariadb" | "oracle" | "sqlnet" => {
            Protocol::Sql
        }
        "amqp" | "rabbitmq" => Protocol::Amqp,
        "amqps" => Protocol::Amqps,
        "mqtt" => Protocol::Mqtt,
        "mqtts" => Protocol::Mqtts,
        "kafka" => Protocol::Kafka,
        "smb" | "cifs" => Protocol::Smb,
        "nfs" => Protocol::Nfs,
        "dns" => Protocol::Dns,
        "ntp" => Protocol::Ntp,
        "rdp" => Protocol::Rdp,
        "ipsec" | "vpn" | "wireguard" => Protocol::Ipsec,
        "ble" | "bluetooth" => Protocol::Ble,
        "zigbee" => Protocol::Zigbee,
        "lora" | "lorawan" => Protocol::Lora,
        "nfc" => Protocol::Nfc,
        "can" | "canbus" => Protocol::Can,
        "modbus" => Protocol::Modbus,
        "opcua" => Protocol::OpcUa,
        "ipc" => Protocol::Ipc,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_names_protocols_in_many_spellings() {
        use Protocol::*;
        for (text, protocol, exact) in [
            ("", Unknown, true),
            ("HTTP", Http, true),
            ("https", Https, true),
            ("HTTP/S", Https, false),
            ("HTTPS/TLS", Https, false),
            ("HTTP over TLS", Https, false),
            ("HTTP/2", Http, false),
            ("HTTP or HTTPS", Http, false),
            ("REST API over HTTPS", Https, false),
            ("TLS 1.2", Tls, false),
            ("TCP/IP", Tcp, false),
            ("JDBC", Sql, false),
            ("JDBC (TLS)", SqlTls, false),
            ("WebSocket", Ws, true),
            ("WebSockets over TLS", Wss, false),
            ("MQTT/TLS", Mqtts, false),
            ("ssh", Ssh, true),
            ("Bluetooth", Ble, false),
            ("UPnP", Unknown, false),
            ("carrier pigeon", Unknown, false),
        ] {
            assert_eq!(read(text), Reading { protocol, exact }, "{text}");
        }
    }
}
