//! What is known of each protocol.

use super::{Protocol, ProtocolClass};

impl Protocol {
    /// The same protocol inside TLS; `None` where that has no name of its own, or it is encrypted already.
    pub fn over_tls(self) -> Option<Protocol> {
        use Protocol::*;
        Some(match self {
            Tcp => Tls,
            Http => Https,
            Ws => Wss,
            Grpc => GrpcTls,
            Smtp => SmtpTls,
            Ldap => Ldaps,
            Sql => SqlTls,
            Amqp => Amqps,
            Mqtt => Mqtts,
            Kafka => KafkaTls,
            _ => return None,
        })
    }

    /// True when the protocol itself encrypts.
    pub fn is_encrypted(self) -> bool {
        use Protocol::*;
        matches!(
            self,
            Https
                | Wss
                | GrpcTls
                | Tls
                | Dtls
                | Ssh
                | Sftp
                | SmtpTls
                | Ldaps
                | SqlTls
                | Amqps
                | Mqtts
                | KafkaTls
                | Rdp
                | Ipsec
                | OpcUa
        )
    }

    /// True when the responder proves who it is.
    pub fn authenticates_server(self) -> bool {
        self.is_encrypted() && self != Protocol::Rdp
    }

    /// `None` for the unknown protocol.
    pub fn class(self) -> Option<ProtocolClass> {
        use Protocol::*;
        Some(match self {
            Unknown => return None,
            Http | Https | Ws | Wss => ProtocolClass::Web,
            Grpc | GrpcTls => ProtocolClass::Rpc,
            Tcp | Tls | Ipsec => ProtocolClass::Raw,
            Udp | Dtls | Dns | Ntp => ProtocolClass::Datagram,
            Ssh | Rdp => ProtocolClass::Shell,
            Sftp | Ftp | Smb | Nfs => ProtocolClass::File,
            Smtp | SmtpTls => ProtocolClass::Mail,
            Ldap | Ldaps => ProtocolClass::Directory,
            Sql | SqlTls => ProtocolClass::Db,
            Amqp | Amqps | Mqtt | Mqtts | Kafka | KafkaTls => ProtocolClass::Queue,
            Ble | Zigbee | Lora | Nfc => ProtocolClass::Radio,
            Can | Modbus | OpcUa => ProtocolClass::FieldBus,
            Ipc | File | InProcess => ProtocolClass::Local,
            Manual => ProtocolClass::Manual,
        })
    }
}
